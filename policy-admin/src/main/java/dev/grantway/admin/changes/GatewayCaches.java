package dev.grantway.admin.changes;

/** The authorizer caches of API Gateway. */
@FunctionalInterface
interface GatewayCaches {

  /**
   * Flushes what a stage has cached of its authorizers' answers.
   *
   * @return false if that could not be done, so that old answers live on until they expire
   */
  boolean flush(Propagation.Stage stage);
}
