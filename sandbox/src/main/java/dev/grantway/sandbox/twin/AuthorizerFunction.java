package dev.grantway.sandbox.twin;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import java.time.Duration;
import java.util.function.Consumer;

/** The Lambda function behind an authorizer: bytes in, bytes out. */
public interface AuthorizerFunction extends AutoCloseable {

  /** Invokes it once; may be called from many threads. */
  Invocation invoke(byte[] event, Duration timeout) throws InterruptedException;

  @Override
  void close();

  /**
   * A handler in this JVM: the one instance takes concurrent calls.
   *
   * @param log takes what the handler writes to its Lambda logger
   */
  static AuthorizerFunction inProcess(RequestStreamHandler handler, Consumer<String> log) {
    return new InProcessFunction(handler, log);
  }
}
