package dev.grantway.cli;

import java.nio.charset.StandardCharsets;

/** What the Lambda runtime would post for one event. */
final class RuntimeAnswer {
  private RuntimeAnswer() {}

  /** The bytes of the answer stay as they are. */
  static String of(byte[] answer) {
    return "{\"answer\":" + new String(answer, StandardCharsets.UTF_8) + "}";
  }

  static String error(RuntimeException refused) {
    return AnswerJson.object(
        json -> {
          json.writeObjectFieldStart("error");
          json.writeStringField("errorMessage", String.valueOf(refused.getMessage()));
          json.writeStringField("errorType", refused.getClass().getName());
          json.writeEndObject();
        });
  }
}
