package dev.grantway.sandbox;

import dev.grantway.sandbox.twin.lambda.Invocation;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * The floor of a call through the gateway twin: an authorizer that gives one document whatever it
 * is asked, with the same answers for {@link LoadCalls} as the sample policy has.
 */
final class ConstantAuthorizer implements LambdaFunction {
  private static final byte[] ANSWER =
      """
      {"principalId":"anybody","policyDocument":{"Version":"2012-10-17","Statement":[
       {"Action":"execute-api:Invoke","Effect":"Allow","Resource":[
        "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders",
        "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders/*"]}]}}"""
          .getBytes(StandardCharsets.UTF_8);

  @Override
  public Invocation invoke(byte[] event, Duration timeout) {
    return new Invocation.Answered(ANSWER);
  }

  @Override
  public void close() {
    // It holds nothing.
  }
}
