package dev.grantway.sandbox;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The floor of a cold start: a handler that answers a constant, whatever it is asked. */
public final class TrivialHandler implements RequestStreamHandler {
  static final String ANSWER = "{\"answer\":\"constant\"}";

  @Override
  public void handleRequest(InputStream input, OutputStream output, @Nullable Context context)
      throws IOException {
    output.write(ANSWER.getBytes(StandardCharsets.UTF_8));
  }
}
