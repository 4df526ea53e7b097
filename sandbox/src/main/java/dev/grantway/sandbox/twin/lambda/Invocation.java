package dev.grantway.sandbox.twin.lambda;

import java.time.Duration;

/** What came of one invocation of the authorizer. */
public sealed interface Invocation {

  /** The bytes that the function returned; whether they are an answer is for the gateway to see. */
  record Answered(byte[] bytes) implements Invocation {
    public Answered {
      bytes = bytes.clone();
    }

    @Override
    public byte[] bytes() {
      return bytes.clone();
    }
  }

  /** The function threw; the texts are those of the runtime's error report. */
  record Failed(String errorMessage, String errorType) implements Invocation {}

  /** No answer came in time. */
  record TimedOut(Duration after) implements Invocation {}
}
