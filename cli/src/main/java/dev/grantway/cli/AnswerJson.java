package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes one JSON value on one line. */
final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  /** What writes the value. */
  @FunctionalInterface
  interface Body {
    void write(JsonGenerator json) throws IOException;
  }

  static String object(Body body) {
    var text = new StringWriter();
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  /** The same JSON for people; ends in a line feed. */
  static String pretty(String compact) {
    var text = new StringWriter();
    try (JsonParser parser = FACTORY.createParser(compact);
        JsonGenerator json = FACTORY.createGenerator(text)) {
      var printer = new DefaultPrettyPrinter();
      printer.indentArraysWith(new DefaultIndenter("  ", "\n"));
      printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
      json.setPrettyPrinter(printer);
      parser.nextToken();
      json.copyCurrentStructure(parser);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text + "\n";
  }

  static String error(String message) {
    return object(json -> json.writeStringField("error", message));
  }
}
