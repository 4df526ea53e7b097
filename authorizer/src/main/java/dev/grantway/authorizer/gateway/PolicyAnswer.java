package dev.grantway.authorizer.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The policy v1 answer of REST APIs (GATEWAY rule 12).
 *
 * @param principalId never empty
 * @param document the policy document as JSON, which API Gateway evaluates and may cache
 * @param context flat strings only
 */
public record PolicyAnswer(String principalId, String document, SortedMap<String, String> context) {
  private static final JsonFactory FACTORY = new JsonFactory();

  public PolicyAnswer {
    if (principalId.isEmpty()) {
      throw new IllegalArgumentException("principalId is empty");
    }
    context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
  }

  /** The exact bytes handed to the runtime; the same answer gives the same bytes. */
  public byte[] toJson() {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("principalId", principalId);
      json.writeFieldName("policyDocument");
      json.writeRawValue(document);
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
