package dev.grantway.authorizer.gateway;

/** The kinds of authorizer that API Gateway has (GATEWAY, events and answers). */
public enum ApiKind {
  REST_TOKEN("a REST API's TOKEN authorizer"),
  REST_REQUEST("a REST API's REQUEST authorizer"),
  HTTP_1("an HTTP API's authorizer, payload 1.0"),
  HTTP_2("an HTTP API's authorizer, payload 2.0"),
  WEBSOCKET("a WebSocket API's authorizer");

  private final String words;

  ApiKind(String words) {
    this.words = words;
  }

  /** For messages. */
  public String words() {
    return words;
  }
}
