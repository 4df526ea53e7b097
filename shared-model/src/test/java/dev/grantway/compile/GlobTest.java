package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class GlobTest {
  /** Every glob of up to 5 characters against every text of up to 5, as a regular expression. */
  @Test
  void agreesWithRegularExpressionsOnAWholeSmallWorld() {
    List<String> texts = words("a/:", 5);
    int compared = 0;
    for (String glob : words("a/*?", 5)) {
      Pattern oracle = oracle(glob);
      for (String text : texts) {
        assertThat(Glob.matches(glob, text))
            .as("glob `%s` on `%s`", glob, text)
            .isEqualTo(oracle.matcher(text).matches());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(1365 * 364);
  }

  @Test
  void starCrossesSlashesAndColons() {
    assertThat(Glob.matches("GET/users/*", "GET/users/42/admin:x")).isTrue();
    assertThat(Glob.matches("GET/users/*", "GET/users/")).isTrue();
    assertThat(Glob.matches("GET/users/?*", "GET/users/")).isFalse();
    assertThat(Glob.matches("get/*", "GET/users")).isFalse();
  }

  @Test
  void hostileGlobsStayCheap() {
    String text = "a".repeat(1600);
    String glob = "*a".repeat(255) + "*b";
    long started = System.nanoTime();
    for (int i = 0; i < 100; i++) {
      assertThat(Glob.matches(glob, text)).isFalse();
      assertThat(Glob.matches("*" + "a".repeat(510) + "b", text)).isFalse();
    }
    assertThat(System.nanoTime() - started).isLessThan(5_000_000_000L);
  }

  static Pattern oracle(String glob) {
    return Pattern.compile(
        glob.chars()
            .mapToObj(c -> c == '*' ? ".*" : c == '?' ? "." : Pattern.quote(Character.toString(c)))
            .collect(Collectors.joining()),
        Pattern.DOTALL);
  }

  /** Every word of up to that length. */
  static List<String> words(String alphabet, int longest) {
    var words = new ArrayList<>(List.of(""));
    int from = 0;
    for (int length = 1; length <= longest; length++) {
      int to = words.size();
      for (int i = from; i < to; i++) {
        for (int at = 0; at < alphabet.length(); at++) {
          words.add(words.get(i) + alphabet.charAt(at));
        }
      }
      from = to;
    }
    return words;
  }
}
