package dev.grantway.sandbox.twin.lambda;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.grantway.sandbox.twin.http.Request;
import java.io.IOException;

/** Reads the error reports that a runtime posts. */
final class RuntimeError {
  private static final JsonFactory JSON = new JsonFactory();

  private RuntimeError() {}

  static Invocation.Failed read(Request request) {
    String message = "";
    String type = request.header("Lambda-Runtime-Function-Error-Type").orElse("Runtime.Unknown");
    try (JsonParser json = JSON.createParser(request.body())) {
      if (json.nextToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          String key = json.currentName();
          JsonToken value = json.nextToken();
          if (value == JsonToken.VALUE_STRING && key.equals("errorMessage")) {
            message = json.getText();
          } else if (value == JsonToken.VALUE_STRING && key.equals("errorType")) {
            type = json.getText();
          }
          json.skipChildren();
        }
      }
    } catch (IOException notJson) {
      return new Invocation.Failed("", type);
    }
    return new Invocation.Failed(message, type);
  }
}
