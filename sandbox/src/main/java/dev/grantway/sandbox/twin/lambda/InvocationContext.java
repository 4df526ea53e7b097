package dev.grantway.sandbox.twin.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The context of one invocation in this JVM. */
record InvocationContext(String getAwsRequestId, long deadlineNanos, LambdaLogger getLogger)
    implements Context {

  static InvocationContext start(Duration timeout, Consumer<String> log) {
    return new InvocationContext(
        UUID.randomUUID().toString(), System.nanoTime() + timeout.toNanos(), new Lines(log));
  }

  private record Lines(Consumer<String> log) implements LambdaLogger {
    @Override
    public void log(String message) {
      log.accept(message.stripTrailing());
    }

    @Override
    public void log(byte[] message) {
      log(new String(message, StandardCharsets.UTF_8));
    }
  }

  @Override
  public int getRemainingTimeInMillis() {
    return (int) Math.max(0, (deadlineNanos - System.nanoTime()) / 1_000_000);
  }

  @Override
  public String getLogGroupName() {
    return "/aws/lambda/" + LambdaNames.FUNCTION;
  }

  @Override
  public String getLogStreamName() {
    return "sandbox";
  }

  @Override
  public String getFunctionName() {
    return LambdaNames.FUNCTION;
  }

  @Override
  public String getFunctionVersion() {
    return "$LATEST";
  }

  @Override
  public String getInvokedFunctionArn() {
    return LambdaNames.ARN;
  }

  @Override
  public @Nullable CognitoIdentity getIdentity() {
    return null;
  }

  @Override
  public @Nullable ClientContext getClientContext() {
    return null;
  }

  @Override
  public int getMemoryLimitInMB() {
    return LambdaNames.MEMORY_MB;
  }
}
