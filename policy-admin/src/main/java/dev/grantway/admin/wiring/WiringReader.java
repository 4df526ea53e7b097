package dev.grantway.admin.wiring;

import dev.grantway.resource.ApiType;
import dev.grantway.store.WiredStage;
import dev.grantway.wiring.StageReading;

/** Where it is read how deployed APIs ask their authorizers. Nothing is ever changed there. */
@FunctionalInterface
public interface WiringReader {

  /**
   * How a stage is wired.
   *
   * @param expected the kind of API that is looked for first
   * @throws Unreadable where API Gateway does not tell it
   */
  StageReading read(WiredStage stage, ApiType expected);

  /** API Gateway did not answer, or refused; the message says why, and what to do. */
  final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreadable(String message) {
      super(message);
    }

    public Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
