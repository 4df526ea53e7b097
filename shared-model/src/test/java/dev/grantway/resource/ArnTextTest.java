package dev.grantway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ArnTextTest {
  private static final String SAFE =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~:@!,=+'()-";

  /** GATEWAY rule 6, character by character. */
  @Test
  void exactlyTheCharactersOfRule6EnterAnArn() {
    for (int c = 0; c <= 0x17F; c++) {
      var text = Character.toString(c);
      assertThat(ArnText.isSafe(text)).as("U+%04X", c).isEqualTo(SAFE.contains(text));
      assertThat(ArnText.isSafe("a" + text + "b")).as("U+%04X", c).isEqualTo(SAFE.contains(text));
    }
  }

  @Test
  void wordsThatMeanSomethingInAPolicyDoNot() {
    for (var text : List.of("", "${*}", "${aws:username}", "$connect", "auth0|123", "😀")) {
      assertThat(ArnText.isSafe(text)).as(text).isFalse();
    }
  }
}
