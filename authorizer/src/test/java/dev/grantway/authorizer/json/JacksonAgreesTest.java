package dev.grantway.authorizer.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The reader against Jackson's: the same texts are JSON, and they say the same. */
class JacksonAgreesTest {
  private static final int TEXTS = 60_000;

  private static final JsonFactory JACKSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNumberLength(Integer.MAX_VALUE).build())
          .build();

  /** Whole texts that are changed here and there, and what is put into them. */
  private static final List<String> SEEDS =
      List.of(
          "{\"a\":[1,-2.5e3,true,null],\"b\":{\"c\":\"d\\u00e9\\n\\\"\"},\"e\":\"\"}",
          " [ { } , [ ] , \"\\uD83D\\uDE00 and é\" , 0 , -0 , 1E+2 , 0.10 ] ",
          "{\"headers\":{\"Authorization\":\"Bearer abc.def-ghi_jkl\",\"x\":null},\"n\":12345678901}",
          "\"a string of more than sixteen plain characters, then \\\\ and a tab \\t\"",
          "false",
          "-12.0e-1");

  private static final String PIECES = "{}[],:\"\\/bfnrtu019-+.eE aé\u2028\t\n\u0001 truefalsnl";

  @Test
  void sameTextsAreJsonAndSayTheSame() {
    long seed = Long.getLong("grantway.json.seed", new Random().nextLong());
    System.out.println("JacksonAgreesTest: -Dgrantway.json.seed=" + seed);
    var random = new Random(seed);
    int read = 0;
    for (int i = 0; i < TEXTS; i++) {
      var text = changed(SEEDS.get(random.nextInt(SEEDS.size())), random);
      var ours = ours(text);
      assertThat(ours).as("`%s` under -Dgrantway.json.seed=%s", text, seed).isEqualTo(theirs(text));
      read += ours.isPresent() ? 1 : 0;
    }
    assertThat(read).as("texts that are JSON").isBetween(TEXTS / 20, TEXTS - TEXTS / 20);
  }

  private static String changed(String seed, Random random) {
    var text = new StringBuilder(seed);
    for (int changes = random.nextInt(4); changes > 0; changes--) {
      int at = random.nextInt(text.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> text.insert(at, PIECES.charAt(random.nextInt(PIECES.length())));
        case 1 -> text.delete(at, Math.min(text.length(), at + 1 + random.nextInt(3)));
        default -> {
          int to = Math.min(text.length(), at + random.nextInt(8));
          text.insert(random.nextInt(text.length() + 1), text.substring(at, to));
        }
      }
    }
    return text.toString();
  }

  private static Optional<Json> ours(String text) {
    try {
      return Optional.of(
          JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.PLATFORM));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  private static Optional<Json> theirs(String text) {
    try (var parser = JACKSON.createParser(text)) {
      var value = value(parser, parser.nextToken());
      return parser.nextToken() == null ? value : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Empty where the text ends early, or an object holds a name twice. */
  private static Optional<Json> value(JsonParser parser, JsonToken token) throws IOException {
    return switch (token) {
      case null -> Optional.empty();
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> Optional.of(new Json.Text(wellFormed(parser.getText())));
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> Optional.of(new Json.Num(parser.getText()));
      case VALUE_TRUE -> Optional.of(new Json.Bool(true));
      case VALUE_FALSE -> Optional.of(new Json.Bool(false));
      case VALUE_NULL -> Optional.of(new Json.Null());
      default -> Optional.empty();
    };
  }

  private static Optional<Json> object(JsonParser parser) throws IOException {
    Map<String, Json> members = new LinkedHashMap<>();
    boolean repeated = false;
    for (var token = parser.nextToken(); token != JsonToken.END_OBJECT; ) {
      var name = parser.currentName();
      var value = value(parser, parser.nextToken());
      if (value.isEmpty()) {
        return value;
      }
      repeated |= members.put(wellFormed(name), value.get()) != null;
      token = parser.nextToken();
    }
    return repeated ? Optional.empty() : Optional.of(new Json.Obj(members));
  }

  private static Optional<Json> array(JsonParser parser) throws IOException {
    List<Json> items = new ArrayList<>();
    for (var token = parser.nextToken(); token != JsonToken.END_ARRAY; ) {
      var value = value(parser, token);
      if (value.isEmpty()) {
        return value;
      }
      items.add(value.get());
      token = parser.nextToken();
    }
    return Optional.of(new Json.Arr(items));
  }

  private static String wellFormed(String text) {
    return text.codePoints()
        .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xFFFD : c)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  @Test
  void textCutAnywhereIsNoJson() {
    for (var seed : SEEDS.subList(0, 4)) {
      var whole = seed.strip();
      for (int to = 0; to < whole.length(); to++) {
        assertThat(ours(whole.substring(0, to))).as(whole.substring(0, to)).isEmpty();
      }
      assertThat(ours(whole)).as(whole).isPresent();
    }
  }

  @Test
  void everyByteIsFoundAtEveryPlaceOfAString() {
    for (int place = 0; place < 20; place++) {
      for (int c = 1; c < 0x100; c++) {
        var text = "[\"" + "x".repeat(place) + (char) c + "y".repeat(9) + "\",\"z\"]";
        assertThat(ours(text)).as("character %s at %s", c, place).isEqualTo(theirs(text));
      }
    }
  }

  @Test
  void repeatedNamesAreFoundInObjectsOfEverySize() {
    for (int size = 1; size < 150; size++) {
      var members = new StringBuilder();
      for (int i = 0; i < size; i++) {
        members.append("\"n").append(i).append("\":{\"n0\":").append(i).append("},");
      }
      var once = "{" + members + "\"last\":0}";
      assertThat(ours(once)).as("%s members", size).isEqualTo(theirs(once)).isPresent();
      for (int repeated : new int[] {0, size / 2, size - 1}) {
        assertThat(ours("{" + members + "\"n" + repeated + "\":0}"))
            .as("n%s twice among %s", repeated, size)
            .isEmpty();
      }
    }
  }
}
