package dev.grantway.sandbox.twin.lambda;

/** What the function is called in the sandbox. */
public final class LambdaNames {
  public static final String FUNCTION = "grantway-authorizer";
  static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:" + FUNCTION;
  static final int MEMORY_MB = 512;

  private LambdaNames() {}
}
