package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.authorizer.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Writes a JSON value back as text. */
final class JsonText {
  private static final JsonFactory FACTORY = new JsonFactory();

  private JsonText() {}

  static String of(Json value) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      write(json, value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static void write(JsonGenerator json, Json value) throws IOException {
    switch (value) {
      case Json.Text(var string) -> json.writeString(string);
      case Json.Num(var number) -> json.writeRawValue(number);
      case Json.Bool(var bool) -> json.writeBoolean(bool);
      case Json.Null() -> json.writeNull();
      case Json.Arr(var items) -> {
        json.writeStartArray();
        for (Json item : items) {
          write(json, item);
        }
        json.writeEndArray();
      }
      case Json.Obj(var members) -> {
        json.writeStartObject();
        for (Map.Entry<String, Json> member : members.entrySet()) {
          json.writeFieldName(member.getKey());
          write(json, member.getValue());
        }
        json.writeEndObject();
      }
    }
  }
}
