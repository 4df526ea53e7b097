package dev.grantway.sandbox.twin.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Runs in a child JVM and does what the event says. */
public final class ScriptedHandler implements RequestStreamHandler {
  public ScriptedHandler() {
    if (System.getenv("FAIL_AT_START") != null) {
      throw new IllegalStateException("told to");
    }
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    String event = new String(input.readAllBytes(), StandardCharsets.UTF_8);
    String command = event.replaceAll("[\"{}]", "");
    switch (command.split(":")[0]) {
      case "echo" -> output.write(event.getBytes(StandardCharsets.UTF_8));
      case "pid" ->
          output.write(
              String.valueOf(ProcessHandle.current().pid()).getBytes(StandardCharsets.UTF_8));
      case "env" -> {
        String name = command.split(":")[1];
        String value = Optional.ofNullable(System.getenv(name)).orElse("(none)");
        output.write(("\"" + value + "\"").getBytes(StandardCharsets.UTF_8));
      }
      case "throw" -> throw new IllegalStateException(command.split(":")[1]);
      case "log" -> {
        context.getLogger().log("said by the handler\n");
        output.write("1".getBytes(StandardCharsets.UTF_8));
      }
      case "exit" -> Runtime.getRuntime().halt(3);
      case "hang" -> hang();
      default -> throw new IllegalArgumentException(command);
    }
  }

  private static void hang() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
