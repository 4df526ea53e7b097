package dev.grantway.authorizer;

/** Why a request is denied without asking the permissions; the codes are stable. */
enum Denial {
  UNKNOWN_API("unknown-api"),
  UNKNOWN_ROUTE("unknown-route"),
  TEMPLATE_MISMATCH("template-mismatch"),
  EVENT_CONTRADICTION("event-contradiction"),
  ANSWER_TOO_LARGE("answer-too-large"),
  TOO_MANY_ROLES("too-many-roles"),
  UNAUTHORIZED("unauthorized");

  private final String code;

  Denial(String code) {
    this.code = code;
  }

  String code() {
    return code;
  }
}
