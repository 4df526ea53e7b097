package dev.grantway.sandbox.twin.lambda;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** A parent to be killed: prints the process id of its child and then waits in a call. */
final class DoomedParent {
  private DoomedParent() {}

  @SuppressWarnings("ClosingStandardOutputStreams") // what is closed is the child, not the stream
  public static void main(String[] args) throws Exception {
    try (ProcessFunction function =
        ProcessFunction.start(
            ProcessFunctionTest.settings(Map.of()), Clock.systemUTC(), System.err::println)) {
      var pid = (Invocation.Answered) function.invoke(bytes("\"pid\""), Duration.ofSeconds(20));
      System.out.println(new String(pid.bytes(), StandardCharsets.UTF_8));
      function.invoke(bytes("\"hang\""), Duration.ofMinutes(5));
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
