package dev.grantway.imports;

import dev.grantway.policy.Api;

/** Where the routes of deployed APIs are read. */
@FunctionalInterface
public interface DeployedApis {

  /**
   * The OpenAPI 3.0 document of what is deployed to a stage.
   *
   * @throws Unreadable where API Gateway does not hand it over
   */
  byte[] openApi(Api api, String stage);

  /** API Gateway did not answer, or refused; the message says which, and what to do. */
  final class Unreadable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public Unreadable(String message) {
      super(message);
    }

    public Unreadable(String message, Throwable cause) {
      super(message, cause);
    }
  }
}
