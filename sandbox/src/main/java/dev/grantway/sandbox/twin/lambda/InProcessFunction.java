package dev.grantway.sandbox.twin.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * One handler instance in this JVM, called as the Lambda runtime would call it, but for concurrent
 * calls, which the one instance takes.
 */
public final class InProcessFunction implements LambdaFunction {
  private final RequestStreamHandler handler;
  private final Consumer<String> log;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  public InProcessFunction(RequestStreamHandler handler, Consumer<String> log) {
    this.handler = handler;
    this.log = log;
  }

  @Override
  public Invocation invoke(byte[] event, Duration timeout) throws InterruptedException {
    Future<Invocation> call = threads.submit(() -> call(event, timeout));
    try {
      return call.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      call.cancel(true);
      return new Invocation.TimedOut(timeout);
    } catch (ExecutionException e) {
      Throwable thrown = e.getCause();
      return failure(thrown == null ? e : thrown);
    }
  }

  private Invocation call(byte[] event, Duration timeout) throws Exception {
    var answer = new ByteArrayOutputStream();
    handler.handleRequest(
        new ByteArrayInputStream(event), answer, InvocationContext.start(timeout, log));
    return new Invocation.Answered(answer.toByteArray());
  }

  /** As the runtime interface client reports it: the message, or the type where there is none. */
  private static Invocation failure(Throwable thrown) {
    String message = thrown.getLocalizedMessage();
    String type = thrown.getClass().getName();
    return new Invocation.Failed(message == null ? type : message, type);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
