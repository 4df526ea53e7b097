package dev.grantway.authorizer.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.grantway.authorizer.json.MalformedJsonException.Flaw;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class JsonTest {
  private static Json read(String text) throws MalformedJsonException {
    return JsonReader.read(text, JsonLimits.TOKEN);
  }

  private static void assertFlaw(Flaw flaw, String text) {
    var thrown =
        catchThrowableOfType(
            MalformedJsonException.class,
            () -> JsonReader.read(text.getBytes(StandardCharsets.UTF_8), JsonLimits.TOKEN));
    assertThat(thrown).as(text).isNotNull();
    assertThat(thrown.flaw()).as(text).isEqualTo(flaw);
  }

  @Test
  void valuesKeepTheirTypesAndTexts() throws Exception {
    var object = (Json.Obj) read("{\"a\":[1.50,-0,1e3],\"b\":null,\"c\":true,\"d\":\"\\u00e9\"}");
    assertThat(object.get("a"))
        .contains(
            new Json.Arr(List.of(new Json.Num("1.50"), new Json.Num("-0"), new Json.Num("1e3"))));
    assertThat(object.get("b")).contains(new Json.Null());
    assertThat(object.get("c")).contains(new Json.Bool(true));
    assertThat(object.text("d")).contains("é");
    assertThat(object.get("e")).isEmpty();
  }

  @Test
  void textsThatAreNotJsonAreRefused() {
    for (var text :
        List.of(
            "",
            " ",
            "nul",
            "NaN",
            "Infinity",
            "01",
            "+1",
            ".5",
            "1.",
            "'a'",
            "{a:1}",
            "[1,]",
            "{\"a\":1,}",
            "// c\n1",
            "\"a\tb\"",
            "\"\\x\"",
            "[",
            "]",
            "{\"a\"",
            "\u00001",
            "\u00a01")) {
      assertFlaw(Flaw.SYNTAX, text);
    }
    assertFlaw(Flaw.TRAILING, "1 2");
    assertFlaw(Flaw.TRAILING, "{}{}");
    assertFlaw(Flaw.NUMBER, "1".repeat(33));
    assertFlaw(Flaw.DEPTH, "[".repeat(17));
    assertFlaw(Flaw.DEPTH, "{\"a\":".repeat(17));
    assertFlaw(Flaw.SURROGATE, "\"\\udc00\"");
    assertFlaw(Flaw.SURROGATE, "{\"\\ud800\":1}");
    assertFlaw(Flaw.BYTE_ORDER_MARK, "\uFEFF{}");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    for (var bytes :
        List.of(
            new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'},
            new byte[] {'"', (byte) 0xFF, '"'},
            "1".getBytes(StandardCharsets.UTF_16))) {
      assertThatThrownBy(() -> JsonReader.read(bytes, JsonLimits.TOKEN))
          .isInstanceOfSatisfying(
              MalformedJsonException.class, e -> assertThat(e.flaw()).isEqualTo(Flaw.ENCODING));
    }
  }

  @Test
  void replacementCharacterThatWasSentIsText() throws Exception {
    var sent = "\"a\uFFFD\"".getBytes(StandardCharsets.UTF_8);
    assertThat(JsonReader.read(sent, JsonLimits.TOKEN)).isEqualTo(new Json.Text("a\uFFFD"));
  }

  @Test
  void repeatedMembersAreRefusedAtEveryLevelHoweverWritten() throws Exception {
    assertFlaw(Flaw.DUPLICATE, "{\"a\":1,\"a\":1}");
    assertFlaw(Flaw.DUPLICATE, "[[{\"x\":{\"a\":1,\"\\u0061\":2}}]]");
    var voided =
        (Json.Obj) JsonReader.read("{\"k\":{\"a\":1,\"a\":2},\"l\":1}", JsonLimits.KEY_SET);
    assertThat(voided.get("k")).contains(new Json.Null());
    assertThat(voided.get("l")).contains(new Json.Num("1"));
  }

  @Test
  void numbersAreExactOrNothing() {
    assertThat(new Json.Num("1.70e9").exact()).contains(new BigDecimal("1.70e9"));
    assertThat(new Json.Num("1e999999999").exact()).isEmpty();
    assertThat(new Json.Num("1e99999999999").exact()).isEmpty();
  }

  @Test
  void pointersFollowRfc6901() throws Exception {
    var document = read("{\"a/b\":{\"m~n\":[\"x\",\"y\"]},\"\":0,\"c.d:e\":1,\"10\":2}");
    var found =
        Map.of(
            "/a~1b/m~0n/1", new Json.Text("y"),
            "/", new Json.Num("0"),
            "/c.d:e", new Json.Num("1"),
            "/10", new Json.Num("2"));
    found.forEach(
        (pointer, value) ->
            assertThat(new JsonPointer(pointer).find(document)).as(pointer).contains(value));
    for (var missing :
        List.of("/a", "/a~1b/m~0n/2", "/a~1b/m~0n/01", "/a~1b/m~0n/-", "/10/x", "/~01")) {
      assertThat(new JsonPointer(missing).find(document)).as(missing).isEmpty();
    }
    for (var bad : List.of("", "a", "/a~2", "/a~")) {
      assertThatThrownBy(() -> new JsonPointer(bad)).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void nothingPrintsAValue() throws Exception {
    assertThat(read("{\"secret\":[\"secret\",7,{\"secret\":\"secret\"}]}").toString())
        .doesNotContain("secret")
        .isEqualTo("object of 1");
  }
}
