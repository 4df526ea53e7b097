package dev.grantway.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.Effect;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.TreeMap;

/** Writes documents in one fixed order of keys, without white space (COMP-07). */
final class DocumentWriter {
  private static final JsonFactory JSON = new JsonFactory();

  private DocumentWriter() {}

  static String write(PolicyDocument document) {
    var out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("Version", PolicyDocument.VERSION);
      json.writeArrayFieldStart("Statement");
      for (Statement statement : document.statements()) {
        write(statement, json);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException neverOnAString) {
      throw new UncheckedIOException(neverOnAString);
    }
    return out.toString();
  }

  private static void write(Statement statement, JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("Effect", statement.effect() == Effect.ALLOW ? "Allow" : "Deny");
    json.writeFieldName(statement.notActions() ? "NotAction" : "Action");
    if (statement.actions().size() == 1) {
      json.writeString(statement.actions().getFirst());
    } else {
      writeList(statement.actions(), json);
    }
    json.writeFieldName(statement.notResources() ? "NotResource" : "Resource");
    writeList(statement.resources(), json);
    if (!statement.conditions().isEmpty()) {
      writeConditions(statement.conditions(), json);
    }
    json.writeEndObject();
  }

  private static void writeConditions(List<StatementCondition> conditions, JsonGenerator json)
      throws IOException {
    var byOperator = new TreeMap<String, TreeMap<String, List<String>>>();
    for (StatementCondition condition : conditions) {
      byOperator
          .computeIfAbsent(condition.word(), word -> new TreeMap<>())
          .put(condition.key(), condition.values());
    }
    json.writeObjectFieldStart("Condition");
    for (var operator : byOperator.entrySet()) {
      json.writeObjectFieldStart(operator.getKey());
      for (var key : operator.getValue().entrySet()) {
        json.writeFieldName(key.getKey());
        writeList(key.getValue(), json);
      }
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void writeList(List<String> texts, JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
