package dev.grantway.authorizer.gateway;

/** What came of reading an event. */
public sealed interface EventReading {
  /** An event of a known kind. */
  record Read(GatewayEvent event) implements EventReading {}

  /** No event that API Gateway sends: a 500 with this reason in the log. */
  record Refused(EventRefusal why) implements EventReading {}

  /** Why a text is no event. */
  enum EventRefusal {
    NOT_JSON("event-not-json"),
    NOT_AN_OBJECT("event-not-object"),
    UNKNOWN_KIND("event-kind-unknown"),
    BAD_ARN("event-arn-unreadable");

    private final String code;

    EventRefusal(String code) {
      this.code = code;
    }

    /** Stable, for logs. */
    public String code() {
      return code;
    }
  }
}
