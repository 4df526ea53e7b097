package dev.grantway.authorizer.runtime;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.authorizer.Policies;
import dev.grantway.authorizer.TestClock;
import dev.grantway.authorizer.TestPolicy;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** What Lambda's own client is given to run: the handler over a policy in memory. */
public final class RuntimeHandler implements RequestStreamHandler {
  private final AuthorizerHandler handler;

  public RuntimeHandler() {
    var clock = new TestClock();
    var policy = new TestPolicy(Policies.orders().policy(), clock);
    handler = new AuthorizerHandler(System.getenv(), policy, clock, System.err::println);
  }

  @Override
  public void handleRequest(InputStream input, OutputStream output, Context context)
      throws IOException {
    handler.handleRequest(input, output, context);
  }
}
