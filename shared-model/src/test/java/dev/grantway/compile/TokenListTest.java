package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Token.Literal;
import dev.grantway.compile.Token.Wild;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class TokenListTest {
  private static final List<String> PATHS =
      GlobTest.words("abc", 4).stream()
          .map(word -> word.chars().mapToObj(c -> "/" + (char) c).collect(Collectors.joining()))
          .toList();

  @Test
  void meetIsTheIntersectionOnAWholeSmallWorld() {
    List<TokenList> lists = lists(3);
    assertThat(lists).hasSize(85);
    for (TokenList a : lists) {
      for (TokenList b : lists) {
        Set<TokenList> met = a.meet(b);
        for (String path : PATHS) {
          assertThat(met.stream().anyMatch(list -> matches(list, path)))
              .as("%s meets %s in %s: %s", a, b, met, path)
              .isEqualTo(matches(a, path) && matches(b, path));
        }
      }
    }
  }

  @Test
  void containsHoldsWherePathsAreASubset() {
    List<TokenList> lists = lists(3);
    for (TokenList a : lists) {
      for (TokenList b : lists) {
        boolean subset = PATHS.stream().allMatch(path -> !matches(b, path) || matches(a, path));
        if (a.equals(a.glob())) {
          assertThat(a.contains(b)).as("%s contains %s", a, b).isEqualTo(subset);
        } else {
          assertThat(!a.contains(b) || subset).as("%s contains %s", a, b).isTrue();
        }
      }
    }
  }

  @Test
  void whatMatchesAFreshPathContainsTheList() {
    List<TokenList> lists = lists(3);
    for (TokenList glob : lists) {
      for (TokenList list : lists) {
        if (list.isFixed()) {
          assertThat(matches(glob, list.size() == 0 ? "" : list.fresh()))
              .as("%s on the fresh path of %s", glob, list)
              .isEqualTo(glob.contains(list));
        }
      }
    }
  }

  @Test
  void longListsOfGreedyPartsMeetInTime() {
    TokenList many = TokenList.ROOT;
    for (int i = 0; i < 7; i++) {
      many = many.plus(Wild.MANY).plus(new Literal("a"));
    }
    assertThat(many.meet(many)).contains(many);
  }

  private static boolean matches(TokenList list, String path) {
    String regex =
        list.tokens().stream()
            .map(
                token ->
                    switch (token) {
                      case Literal(var text) -> "/" + Pattern.quote(text);
                      case Wild wild -> wild == Wild.ONE ? "/[^/]+" : "(/[^/]+)+";
                    })
            .collect(Collectors.joining());
    return Pattern.matches(regex, path);
  }

  private static List<TokenList> lists(int longest) {
    var tokens = List.of(new Literal("a"), new Literal("b"), Wild.ONE, Wild.MANY);
    var lists = new ArrayList<>(List.of(TokenList.ROOT));
    int from = 0;
    for (int length = 1; length <= longest; length++) {
      int to = lists.size();
      for (int i = from; i < to; i++) {
        for (Token token : tokens) {
          lists.add(lists.get(i).plus(token));
        }
      }
      from = to;
    }
    return lists;
  }
}
