package dev.grantway.authorizer.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonWriterTest {
  private static final String ODD =
      "plain \" \\ / \b \f \n \r \t \u0000 \u001F \u007F é \u2028 \uD83D\uDE00";

  private static JsonWriter odd(JsonWriter json) {
    return json.beginObject()
        .name(ODD)
        .text(ODD)
        .name("list")
        .texts(List.of("", ODD))
        .name("more")
        .beginArray()
        .whole(-7)
        .flag(true)
        .beginObject()
        .endObject()
        .json("{\"raw\":[1]}")
        .endArray()
        .endObject();
  }

  @Test
  void whatIsWrittenIsReadBack() throws Exception {
    for (var written :
        List.of(
            odd(JsonWriter.plain()).toBytes(),
            odd(JsonWriter.ascii()).toString().getBytes(StandardCharsets.US_ASCII))) {
      var read = (Json.Obj) JsonReader.read(written, JsonLimits.TOKEN);
      assertThat(read.text(ODD)).contains(ODD);
      assertThat(read.get("list"))
          .contains(new Json.Arr(List.of(new Json.Text(""), new Json.Text(ODD))));
      assertThat(((Json.Arr) read.get("more").orElseThrow()).items())
          .hasSize(4)
          .contains(new Json.Num("-7"), new Json.Bool(true));
    }
  }

  @Test
  void onlyWhatBreaksAStringOrALineIsEscaped() {
    assertThat(JsonWriter.plain().text("a\"\\/\n\u0001é\u2028").toString())
        .isEqualTo("\"a\\\"\\\\/\\n\\u0001é\u2028\"");
    assertThat(JsonWriter.ascii().text("é\u2028\uD83D\uDE00\uDC00").toString())
        .isEqualTo("\"\\u00E9\\u2028\\uD83D\\uDE00\\uDC00\"");
  }

  @Test
  void aLineOfAsciiHasNoLineEnd() {
    var line = odd(JsonWriter.ascii()).toString();
    assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x80);
  }
}
