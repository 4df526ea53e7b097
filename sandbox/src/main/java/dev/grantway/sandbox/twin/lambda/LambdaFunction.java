package dev.grantway.sandbox.twin.lambda;

import java.time.Duration;

/** A Lambda function: bytes in, bytes out. */
public interface LambdaFunction extends AutoCloseable {

  /** Invokes it once; may be called from many threads. */
  Invocation invoke(byte[] event, Duration timeout) throws InterruptedException;

  @Override
  void close();
}
