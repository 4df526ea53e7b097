package dev.grantway.admin.assignments;

import dev.grantway.admin.common.FilterText;
import dev.grantway.policy.Assignment;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/**
 * What is looked for among assignments: words, and tokens such as {@code issuer:corp}, {@code
 * subject:alice}, {@code client:}, {@code group:staff}, {@code role:clerk} and {@code
 * state:ending}. All of them must hold. A word is looked for in the issuer, whom the role is given
 * to and the role; so is a token's value in what its key names, and without a value it asks for the
 * kind alone.
 */
public record AssignmentFilter(List<Token> tokens) {
  public static final AssignmentFilter NONE = new AssignmentFilter(List.of());

  /** What a token is about. */
  public enum Key {
    ISSUER,
    SUBJECT,
    CLIENT,
    GROUP,
    ROLE,
    /** {@code live}, {@code ending}, {@code ended} or {@code staged}. */
    STATE,
    /** A word without a key. */
    WORD
  }

  /** A key with a value, as {@code role:clerk}, or a word. */
  public record Token(Key key, String value) {
    @Override
    public String toString() {
      return key == Key.WORD ? value : FilterText.prefix(key) + value;
    }
  }

  public AssignmentFilter {
    tokens = List.copyOf(tokens);
  }

  /** Reads tokens with spaces between; what begins with no key is a word. */
  public static AssignmentFilter parse(String text) {
    return new AssignmentFilter(FilterText.read(text, Key.class, Key.WORD, Token::new));
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** Whether an assignment is looked for. */
  boolean takes(AssignmentLine line) {
    return tokens.stream().allMatch(token -> holds(token).test(line));
  }

  private static Predicate<AssignmentLine> holds(Token token) {
    String part = token.value();
    return switch (token.key()) {
      case ISSUER -> line -> FilterText.holds(line.assignment().issuer(), part);
      case SUBJECT -> line -> isOf(line.assignment(), Assignment.Kind.SUBJECT, part);
      case CLIENT -> line -> isOf(line.assignment(), Assignment.Kind.CLIENT, part);
      case GROUP -> line -> isOf(line.assignment(), Assignment.Kind.GROUP, part);
      case ROLE -> line -> FilterText.holds(line.assignment().role().value(), part);
      case STATE -> state(part);
      case WORD -> line -> isIn(line.assignment(), part);
    };
  }

  private static boolean isOf(Assignment it, Assignment.Kind kind, String part) {
    return it.kind() == kind && FilterText.holds(it.value(), part);
  }

  private static Predicate<AssignmentLine> state(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "live" -> line -> line.life() != AssignmentLine.Life.ENDED;
      case "ending" -> line -> line.life() == AssignmentLine.Life.ENDING;
      case "ended" -> line -> line.life() == AssignmentLine.Life.ENDED;
      case "staged" -> AssignmentLine::isStaged;
      default -> line -> false;
    };
  }

  private static boolean isIn(Assignment it, String word) {
    return FilterText.holds(it.issuer(), word)
        || FilterText.holds(it.value(), word)
        || FilterText.holds(it.role().value(), word);
  }
}
