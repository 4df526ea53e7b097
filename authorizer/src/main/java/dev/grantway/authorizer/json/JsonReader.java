package dev.grantway.authorizer.json;

import dev.grantway.authorizer.json.MalformedJsonException.Flaw;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads one strict JSON text (RFC 8259, I-JSON strings) into a {@link Json} tree, in one pass over
 * its bytes (decision 28). A test compares it with Jackson, text by text.
 */
public final class JsonReader {
  private static final char REPLACEMENT = '\uFFFD';
  private static final int END = -1;
  private static final int UNICODE_DIGITS = 4;

  private final byte[] utf8;
  private final Charset charset;
  private final JsonLimits limits;
  private final MemberStack stack = new MemberStack();
  private int at;
  private int members;
  private int elements;

  private JsonReader(byte[] utf8, Charset charset, JsonLimits limits) {
    this.utf8 = utf8;
    this.charset = charset;
    this.limits = limits;
  }

  /** The value in these bytes, which must be UTF-8 without a byte order mark. */
  public static Json read(byte[] utf8, JsonLimits limits) throws MalformedJsonException {
    var reader = new JsonReader(utf8, charset(utf8), limits);
    var value = reader.value(0);
    if (reader.next() != END) {
      throw new MalformedJsonException(Flaw.TRAILING);
    }
    return value;
  }

  /** The value in this text. */
  public static Json read(String text, JsonLimits limits) throws MalformedJsonException {
    return read(wellFormed(text, limits).getBytes(StandardCharsets.UTF_8), limits);
  }

  /** One that decodes any part of these bytes: where all are ASCII, the one that only copies. */
  private static Charset charset(byte[] utf8) throws MalformedJsonException {
    if (PlainBytes.areAscii(utf8)) {
      return StandardCharsets.ISO_8859_1;
    }
    checkEncoding(utf8);
    if (utf8.length > 2 && utf8[0] == (byte) 0xEF && utf8[1] == (byte) 0xBB && utf8[2] == -65) {
      throw new MalformedJsonException(Flaw.BYTE_ORDER_MARK);
    }
    return StandardCharsets.UTF_8;
  }

  /**
   * The fast way replaces what is no UTF-8; whether a replacement character was put there or sent
   * is for the strict decoder to tell.
   */
  private static void checkEncoding(byte[] utf8) throws MalformedJsonException {
    if (new String(utf8, StandardCharsets.UTF_8).indexOf(REPLACEMENT) < 0) {
      return;
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8));
    } catch (CharacterCodingException e) {
      throw new MalformedJsonException(Flaw.ENCODING);
    }
  }

  /** The first byte that is no white space, which stays to be read. */
  private int next() {
    while (at < utf8.length) {
      byte b = utf8[at];
      if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
        return b;
      }
      at++;
    }
    return END;
  }

  private static MalformedJsonException noJson() {
    return new MalformedJsonException(Flaw.SYNTAX);
  }

  private Json value(int depth) throws MalformedJsonException {
    return switch (next()) {
      case '{' -> object(deeper(depth));
      case '[' -> array(deeper(depth));
      case '"' -> new Json.Text(string());
      case 't' -> word("true", new Json.Bool(true));
      case 'f' -> word("false", new Json.Bool(false));
      case 'n' -> word("null", new Json.Null());
      default -> number();
    };
  }

  private int deeper(int depth) throws MalformedJsonException {
    if (depth >= limits.depth()) {
      throw new MalformedJsonException(Flaw.DEPTH);
    }
    at++;
    return depth + 1;
  }

  /** Whether another member or element follows a value; after the last one, reads the end. */
  private boolean goesOn(char end) throws MalformedJsonException {
    int c = next();
    at++;
    if (c != ',' && c != end) {
      throw noJson();
    }
    return c == ',';
  }

  private Json object(int depth) throws MalformedJsonException {
    int base = stack.size();
    boolean repeated = false;
    boolean more = next() != '}' || goesOn('}');
    while (more) {
      if (next() != '"') {
        throw noJson();
      }
      if (++members > limits.members()) {
        throw new MalformedJsonException(Flaw.SIZE);
      }
      int place = stack.push(string());
      if (next() != ':') {
        throw noJson();
      }
      at++;
      stack.set(place, value(depth));
      repeated |= stack.isRepeated(base, place);
      if (repeated && limits.duplicates() == JsonLimits.Duplicates.REFUSE) {
        throw new MalformedJsonException(Flaw.DUPLICATE);
      }
      more = goesOn('}');
    }
    var object = stack.pop(base);
    return repeated ? new Json.Null() : object;
  }

  private Json array(int depth) throws MalformedJsonException {
    List<Json> read = new ArrayList<>();
    boolean more = next() != ']' || goesOn(']');
    while (more) {
      if (++elements > limits.elements()) {
        throw new MalformedJsonException(Flaw.SIZE);
      }
      read.add(value(depth));
      more = goesOn(']');
    }
    return new Json.Arr(read);
  }

  private Json word(String word, Json meaning) throws MalformedJsonException {
    for (int i = 0; i < word.length(); i++) {
      if (at == utf8.length || utf8[at++] != word.charAt(i)) {
        throw noJson();
      }
    }
    return standingAlone(meaning);
  }

  private Json number() throws MalformedJsonException {
    int from = at;
    skip('-');
    if (!skip('0')) {
      digits();
    }
    if (skip('.')) {
      digits();
    }
    if (skip('e') || skip('E')) {
      if (!skip('+')) {
        skip('-');
      }
      digits();
    }
    if (at - from > limits.numberLength()) {
      throw new MalformedJsonException(Flaw.NUMBER);
    }
    return standingAlone(
        new Json.Num(new String(utf8, from, at - from, StandardCharsets.ISO_8859_1)));
  }

  private boolean skip(char c) {
    boolean there = at < utf8.length && utf8[at] == c;
    at += there ? 1 : 0;
    return there;
  }

  private void digits() throws MalformedJsonException {
    int from = at;
    while (at < utf8.length && utf8[at] >= '0' && utf8[at] <= '9') {
      at++;
    }
    if (at == from) {
      throw noJson();
    }
  }

  /** What is no string ends where something else can begin. */
  private Json standingAlone(Json value) throws MalformedJsonException {
    if (at < utf8.length && " \n\r\t,]}".indexOf(utf8[at]) < 0) {
      throw noJson();
    }
    return value;
  }

  private String string() throws MalformedJsonException {
    int from = ++at;
    at = PlainBytes.end(utf8, from);
    return at < utf8.length && utf8[at] == '"' ? text(from, at++) : escaped(from);
  }

  private String text(int from, int to) {
    return new String(utf8, from, to - from, charset);
  }

  /** Only escapes can bring half a pair: no UTF-8 holds one. */
  private String escaped(int begin) throws MalformedJsonException {
    var text = new StringBuilder();
    int from = begin;
    while (at < utf8.length && utf8[at] == '\\') {
      text.append(text(from, at));
      at++;
      text.append(escape());
      from = at;
      at = PlainBytes.end(utf8, from);
    }
    if (at == utf8.length || utf8[at] != '"') {
      throw noJson();
    }
    text.append(text(from, at++));
    return wellFormed(text.toString(), limits);
  }

  private char escape() throws MalformedJsonException {
    if (at == utf8.length) {
      throw noJson();
    }
    return switch (utf8[at++]) {
      case '"' -> '"';
      case '\\' -> '\\';
      case '/' -> '/';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> throw noJson();
    };
  }

  private char unicode() throws MalformedJsonException {
    int value = 0;
    for (int i = 0; i < UNICODE_DIGITS; i++) {
      int digit = at < utf8.length && utf8[at] >= 0 ? Character.digit(utf8[at++], 16) : END;
      if (digit < 0) {
        throw noJson();
      }
      value = value << 4 | digit;
    }
    return (char) value;
  }

  private static String wellFormed(String text, JsonLimits limits) throws MalformedJsonException {
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
