package dev.grantway.authorizer.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import dev.grantway.authorizer.json.MalformedJsonException.Flaw;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads one strict JSON text (RFC 8259, I-JSON strings) into a {@link Json} tree. */
public final class JsonReader {
  /** The parser's own limits would answer "not JSON" where ours say which limit it was. */
  private static final StreamReadConstraints OURS_ALONE =
      StreamReadConstraints.builder()
          .maxNumberLength(Integer.MAX_VALUE)
          .maxNestingDepth(Integer.MAX_VALUE)
          .build();

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .streamReadConstraints(OURS_ALONE)
          .build();

  private static final char REPLACEMENT = '\uFFFD';

  private final JsonParser parser;
  private final JsonLimits limits;
  private int members;
  private int elements;

  private JsonReader(JsonParser parser, JsonLimits limits) {
    this.parser = parser;
    this.limits = limits;
  }

  /** The value in these bytes, which must be UTF-8 without a byte order mark. */
  public static Json read(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
    return read(text(utf8), limits);
  }

  /**
   * The fast way replaces what is no UTF-8; whether a replacement character was put there or sent
   * is for the strict decoder to tell.
   */
  private static String text(byte[] utf8) throws MalformedJsonException {
    var text = new String(utf8, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT) < 0) {
      return text;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException(Flaw.ENCODING);
    }
  }

  /** The value in this text. */
  public static Json read(String text, JsonLimits limits) throws MalformedJsonException {
    if (text.startsWith("\uFEFF")) {
      throw new MalformedJsonException(Flaw.BYTE_ORDER_MARK);
    }
    try (var parser = FACTORY.createParser(text)) {
      var reader = new JsonReader(parser, limits);
      var value = reader.value(next(parser), 0);
      if (parser.nextToken() != null) {
        throw new MalformedJsonException(Flaw.TRAILING);
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new MalformedJsonException(Flaw.SYNTAX);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonToken next(JsonParser parser) throws IOException, MalformedJsonException {
    var token = parser.nextToken();
    if (token == null) {
      throw new MalformedJsonException(Flaw.SYNTAX);
    }
    return token;
  }

  private Json value(JsonToken token, int depth) throws IOException, MalformedJsonException {
    return switch (token) {
      case START_OBJECT -> object(deeper(depth));
      case START_ARRAY -> array(deeper(depth));
      case VALUE_STRING -> new Json.Text(wellFormed(parser.getText()));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
      case VALUE_TRUE -> new Json.Bool(true);
      case VALUE_FALSE -> new Json.Bool(false);
      case VALUE_NULL -> new Json.Null();
      case END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT, NOT_AVAILABLE ->
          throw new MalformedJsonException(Flaw.SYNTAX);
    };
  }

  private int deeper(int depth) throws MalformedJsonException {
    if (depth >= limits.depth()) {
      throw new MalformedJsonException(Flaw.DEPTH);
    }
    return depth + 1;
  }

  private Json object(int depth) throws IOException, MalformedJsonException {
    Map<String, Json> read = new LinkedHashMap<>();
    boolean repeated = false;
    while (next(parser) != JsonToken.END_OBJECT) {
      if (++members > limits.members()) {
        throw new MalformedJsonException(Flaw.SIZE);
      }
      var name = wellFormed(parser.currentName());
      repeated |= read.put(name, value(next(parser), depth)) != null;
      if (repeated && limits.duplicates() == JsonLimits.Duplicates.REFUSE) {
        throw new MalformedJsonException(Flaw.DUPLICATE);
      }
    }
    return repeated ? new Json.Null() : new Json.Obj(read);
  }

  private Json array(int depth) throws IOException, MalformedJsonException {
    List<Json> read = new ArrayList<>();
    for (var token = next(parser); token != JsonToken.END_ARRAY; token = next(parser)) {
      if (++elements > limits.elements()) {
        throw new MalformedJsonException(Flaw.SIZE);
      }
      read.add(value(token, depth));
    }
    return new Json.Arr(read);
  }

  private Json number(String text) throws MalformedJsonException {
    if (text.length() > limits.numberLength()) {
      throw new MalformedJsonException(Flaw.NUMBER);
    }
    return new Json.Num(text);
  }

  private String wellFormed(String text) throws MalformedJsonException {
    if (!holdsHalfAPair(text)) {
      return text;
    }
    if (limits.surrogates() == JsonLimits.Surrogates.REFUSE) {
      throw new MalformedJsonException(Flaw.SURROGATE);
    }
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean holdsHalfAPair(String text) {
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i++);
      if (!Character.isSurrogate(c)) {
        continue;
      }
      boolean pair =
          Character.isHighSurrogate(c)
              && i < text.length()
              && Character.isLowSurrogate(text.charAt(i++));
      if (!pair) {
        return true;
      }
    }
    return false;
  }
}
