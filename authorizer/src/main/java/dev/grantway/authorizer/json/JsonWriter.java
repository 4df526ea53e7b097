package dev.grantway.authorizer.json;

import java.nio.charset.StandardCharsets;
import java.util.Collection;

/**
 * Writes one JSON text without white space, in the order of the calls; that members and elements
 * come in the right places is up to the caller.
 */
public final class JsonWriter {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();
  private static final char FIRST_PLAIN = ' ';
  private static final char LAST_ASCII = '\u007F';

  private final StringBuilder out = new StringBuilder(1024);
  private final boolean asciiOnly;
  private boolean comma;

  private JsonWriter(boolean asciiOnly) {
    this.asciiOnly = asciiOnly;
  }

  /** One that escapes only what JSON demands. */
  public static JsonWriter plain() {
    return new JsonWriter(false);
  }

  /** One that escapes everything beyond ASCII, so that nothing can break a line. */
  public static JsonWriter ascii() {
    return new JsonWriter(true);
  }

  public JsonWriter beginObject() {
    return begin('{');
  }

  public JsonWriter endObject() {
    return end('}');
  }

  public JsonWriter beginArray() {
    return begin('[');
  }

  public JsonWriter endArray() {
    return end(']');
  }

  private JsonWriter begin(char bracket) {
    separate();
    out.append(bracket);
    comma = false;
    return this;
  }

  private JsonWriter end(char bracket) {
    out.append(bracket);
    comma = true;
    return this;
  }

  private void separate() {
    if (comma) {
      out.append(',');
    }
    comma = true;
  }

  /** The name of the member whose value comes next. */
  public JsonWriter name(String name) {
    separate();
    quote(name);
    out.append(':');
    comma = false;
    return this;
  }

  /** A string. */
  public JsonWriter text(String text) {
    separate();
    quote(text);
    return this;
  }

  /** An array of strings. */
  public JsonWriter texts(Collection<String> texts) {
    beginArray();
    for (String text : texts) {
      text(text);
    }
    return endArray();
  }

  public JsonWriter whole(long number) {
    separate();
    out.append(number);
    return this;
  }

  public JsonWriter flag(boolean flag) {
    separate();
    out.append(flag);
    return this;
  }

  /** A value that is JSON already. */
  public JsonWriter json(String json) {
    separate();
    out.append(json);
    return this;
  }

  private void quote(String text) {
    out.append('"');
    int from = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < FIRST_PLAIN || c == '"' || c == '\\' || asciiOnly && c > LAST_ASCII) {
        out.append(text, from, i);
        escape(c);
        from = i + 1;
      }
    }
    if (from == 0) {
      out.append(text);
    } else {
      out.append(text, from, text.length());
    }
    out.append('"');
  }

  private void escape(char c) {
    switch (c) {
      case '"', '\\' -> out.append('\\').append(c);
      case '\n' -> out.append("\\n");
      case '\r' -> out.append("\\r");
      case '\t' -> out.append("\\t");
      default ->
          out.append("\\u")
              .append(HEX[c >> 12])
              .append(HEX[c >> 8 & 15])
              .append(HEX[c >> 4 & 15])
              .append(HEX[c & 15]);
    }
  }

  /** What was written, in UTF-8. */
  public byte[] toBytes() {
    return out.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
