package dev.grantway.compile;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A small JSON reader of the tests' own: objects as maps, lists as lists, every scalar as text. It
 * shares nothing with the reader that it checks.
 */
final class OtherJson {
  private final String text;
  private int at;

  private OtherJson(String text) {
    this.text = text;
  }

  static Object parse(String text) {
    var json = new OtherJson(text);
    Object value = json.value();
    json.space();
    if (json.at < text.length()) {
      throw json.broken("nothing more");
    }
    return value;
  }

  private Object value() {
    space();
    return switch (peek()) {
      case '{' -> object();
      case '[' -> list();
      case '"' -> string();
      default -> word();
    };
  }

  private Map<String, Object> object() {
    var members = new LinkedHashMap<String, Object>();
    take('{');
    space();
    while (peek() != '}') {
      String key = string();
      space();
      take(':');
      if (members.put(key, value()) != null) {
        throw broken("another key than `" + key + "`");
      }
      comma('}');
    }
    take('}');
    return members;
  }

  private List<Object> list() {
    var items = new ArrayList<Object>();
    take('[');
    space();
    while (peek() != ']') {
      items.add(value());
      comma(']');
    }
    take(']');
    return items;
  }

  private void comma(char end) {
    space();
    if (peek() != end) {
      take(',');
      space();
    }
  }

  private String string() {
    var out = new StringBuilder();
    take('"');
    while (peek() != '"') {
      char c = text.charAt(at++);
      out.append(c == '\\' ? escaped() : c);
    }
    take('"');
    return out.toString();
  }

  private char escaped() {
    char c = text.charAt(at++);
    return switch (c) {
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> {
        at += 4;
        yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
      }
      default -> c;
    };
  }

  private String word() {
    int from = at;
    while (at < text.length() && ",]} \n\t\r".indexOf(text.charAt(at)) < 0) {
      at++;
    }
    if (from == at) {
      throw broken("a value");
    }
    return text.substring(from, at);
  }

  private void space() {
    while (at < text.length() && " \n\t\r".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw broken("more");
    }
    return text.charAt(at);
  }

  private void take(char expected) {
    if (peek() != expected) {
      throw broken("`" + expected + "`");
    }
    at++;
  }

  private IllegalArgumentException broken(String expected) {
    return new IllegalArgumentException("expected " + expected + " at " + at + " of " + text);
  }
}
