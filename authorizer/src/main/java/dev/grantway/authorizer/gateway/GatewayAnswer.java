package dev.grantway.authorizer.gateway;

import dev.grantway.authorizer.json.JsonWriter;
import java.util.Map;
import java.util.SortedMap;
import java.util.function.Consumer;

/** What is handed to API Gateway; the context holds flat strings only (GATEWAY rule 12). */
public sealed interface GatewayAnswer permits PolicyAnswer, SimpleAnswer {
  /** For the backend. */
  SortedMap<String, String> context();

  /** The exact bytes handed to the runtime; the same answer gives the same bytes. */
  byte[] toJson();

  /**
   * An object with what is written first and the context.
   *
   * @param members writes members
   */
  static byte[] json(Consumer<JsonWriter> members, SortedMap<String, String> context) {
    var json = JsonWriter.plain().beginObject();
    members.accept(json);
    json.name("context").beginObject();
    for (Map.Entry<String, String> entry : context.entrySet()) {
      json.name(entry.getKey()).text(entry.getValue());
    }
    return json.endObject().endObject().toBytes();
  }
}
