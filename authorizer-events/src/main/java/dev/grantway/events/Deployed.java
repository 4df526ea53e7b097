package dev.grantway.events;

import dev.grantway.authorizer.AuthorizerHandler;

/** What the environment must say for the library's types to hold the answers. */
final class Deployed {
  private Deployed() {}

  static AuthorizerHandler handler() {
    if (isOn("GRANTWAY_RESOURCE_POLICY_FENCE")) {
      throw new IllegalStateException(
          "the answers of aws-lambda-java-events have no NotResource, which"
              + " GRANTWAY_RESOURCE_POLICY_FENCE needs: deploy AuthorizerHandler, or set it `off`");
    }
    return new AuthorizerHandler();
  }

  static void requireSimple(boolean simple) {
    if (isOn("GRANTWAY_SIMPLE_RESPONSES") != simple) {
      throw new IllegalStateException(
          "GRANTWAY_SIMPLE_RESPONSES must be `" + (simple ? "on" : "off") + "` for this handler");
    }
  }

  private static boolean isOn(String name) {
    return "on".equals(System.getenv(name));
  }
}
