package dev.grantway.store;

/** Where instances report themselves; who may only read can do without. */
@FunctionalInterface
public interface Heartbeats {
  /** Tells nobody. */
  Heartbeats NONE = _ -> {};

  /**
   * Replaces what that instance last reported for that stage.
   *
   * @throws StoreException.Unavailable where the table cannot be reached, or refuses the write
   */
  void report(Heartbeat heartbeat);
}
