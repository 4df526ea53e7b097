package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.common.FilterText;
import dev.grantway.decision.PolicyTest;
import java.util.List;
import java.util.Locale;

/**
 * What is looked for among tests: words, {@code role:clerk}, {@code path:/orders} and {@code
 * state:failing}, {@code passing} or {@code staged}. All of them must hold. A word is looked for in
 * the name, the request and the name of the API.
 */
record TestFilter(List<Token> tokens) {

  /** What a token is about. */
  enum Key {
    ROLE,
    PATH,
    STATE,
    WORD
  }

  record Token(Key key, String value) {}

  TestFilter {
    tokens = List.copyOf(tokens);
  }

  static TestFilter parse(String text) {
    return new TestFilter(FilterText.read(text, Key.class, Key.WORD, Token::new));
  }

  boolean takes(TestLine line) {
    return tokens.stream().allMatch(token -> holds(token, line));
  }

  private static boolean holds(Token token, TestLine line) {
    PolicyTest test = line.test();
    String part = token.value();
    return switch (token.key()) {
      case ROLE -> test.caller().roles().stream().anyMatch(role -> FilterText.holds(role, part));
      case PATH -> test.path().startsWith(part);
      case STATE ->
          switch (part.toLowerCase(Locale.ROOT)) {
            case "failing" -> line.isFailing();
            case "passing" -> !line.isFailing();
            case "staged" -> line.staged() != Staging.NONE;
            default -> false;
          };
      case WORD ->
          FilterText.holds(test.name(), part)
              || FilterText.holds(test.method() + " " + test.path(), part)
              || FilterText.holds(line.apiName(), part);
    };
  }
}
