package dev.grantway.admin.wiring;

/**
 * What somebody types to connect a stage.
 *
 * @param region empty: that of the app
 * @param authorizer name or id; empty: the one that most routes ask
 * @param tokenSource {@code header:NAME} or {@code query:NAME}; empty: {@code header:Authorization}
 */
public record WiringInput(String region, String authorizer, String tokenSource) {
  /** Where problems stand. */
  public enum Field {
    REGION,
    AUTHORIZER,
    TOKEN_SOURCE
  }
}
