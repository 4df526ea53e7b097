package dev.grantway.events;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the authorizer answers: objects, lists, texts and booleans. */
final class AnswerJson {
  private static final JsonFactory FACTORY = new JsonFactory();

  private AnswerJson() {}

  static Map<String, Object> read(byte[] answer) {
    try (JsonParser json = FACTORY.createParser(answer)) {
      json.nextToken();
      return object(json);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    var members = new LinkedHashMap<String, Object>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String name = json.currentName();
      json.nextToken();
      members.put(name, value(json));
    }
    return members;
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> {
        var items = new ArrayList<Object>();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          items.add(value(json));
        }
        yield List.copyOf(items);
      }
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      default -> json.getText();
    };
  }

  /** The object under that name. */
  static Map<String, Object> object(Map<String, Object> from, String name) {
    return members(name, from.get(name));
  }

  /** The members of what is read as an object; what it is called is for the message. */
  static Map<String, Object> members(String name, @Nullable Object value) {
    if (!(value instanceof Map<?, ?> found)) {
      throw new IllegalStateException("the answer has no object `" + name + "`");
    }
    var members = new LinkedHashMap<String, Object>();
    found.forEach((key, member) -> members.put(String.valueOf(key), member));
    return members;
  }

  static String text(Map<String, Object> from, String name) {
    if (from.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalStateException("the answer has no text `" + name + "`");
  }

  /** A text or a list of texts. */
  static List<String> texts(Object value) {
    return value instanceof List<?> items
        ? items.stream().map(String::valueOf).toList()
        : List.of(String.valueOf(value));
  }
}
