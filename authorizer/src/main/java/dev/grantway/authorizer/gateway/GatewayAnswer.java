package dev.grantway.authorizer.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;

/** What is handed to API Gateway; the context holds flat strings only (GATEWAY rule 12). */
public sealed interface GatewayAnswer permits PolicyAnswer, SimpleAnswer {
  /** For the backend. */
  SortedMap<String, String> context();

  /** The exact bytes handed to the runtime; the same answer gives the same bytes. */
  byte[] toJson();

  /** Writes members before the context. */
  @FunctionalInterface
  interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  /** An object with those members and the context. */
  static byte[] json(Members members, SortedMap<String, String> context) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      members.write(json);
      json.writeObjectFieldStart("context");
      for (Map.Entry<String, String> entry : context.entrySet()) {
        json.writeStringField(entry.getKey(), entry.getValue());
      }
      json.writeEndObject();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
