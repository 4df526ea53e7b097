package dev.grantway.admin.matrix;

import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What is looked for in the matrix: words, and tokens such as {@code method:POST}, {@code
 * path:/orders}, {@code role:support}, {@code state:denied}, {@code tag:pii} and {@code
 * only:differences}. Several tokens of one kind are alternatives; all kinds and every word must
 * hold. A word is looked for in the route, its operation, tags and owner.
 */
public record MatrixFilter(List<Token> tokens) {
  public static final MatrixFilter NONE = new MatrixFilter(List.of());

  /** What a token is about. */
  public enum Key {
    METHOD,
    PATH,
    ROLE,
    STATE,
    TAG,
    ONLY,
    /** A word without a key. */
    WORD
  }

  /** A key with a value, as {@code method:POST}, or a word. */
  public record Token(Key key, String value) {
    @Override
    public String toString() {
      return key == Key.WORD ? value : key.name().toLowerCase(Locale.ROOT) + ":" + value;
    }
  }

  /**
   * One thing that a row has to fulfil.
   *
   * @param tokens those that ask for it
   */
  record Criterion(List<Token> tokens, IntPredicate holds) {
    String text() {
      return tokens.stream().map(Token::toString).collect(Collectors.joining(" "));
    }
  }

  public MatrixFilter {
    tokens = List.copyOf(tokens);
  }

  /** Reads tokens with spaces between; what begins with no key is a word. */
  public static MatrixFilter parse(String text) {
    return new MatrixFilter(
        Arrays.stream(text.strip().split("\\s+"))
            .filter(part -> !part.isEmpty())
            .map(MatrixFilter::token)
            .toList());
  }

  private static Token token(String text) {
    for (Key key : Key.values()) {
      String prefix = key.name().toLowerCase(Locale.ROOT) + ":";
      if (key != Key.WORD && text.toLowerCase(Locale.ROOT).startsWith(prefix)) {
        return new Token(key, text.substring(prefix.length()));
      }
    }
    return new Token(Key.WORD, text);
  }

  public boolean has(Token token) {
    return tokens.contains(token);
  }

  /** With the token where it was not there, without it where it was. */
  public MatrixFilter toggled(Token token) {
    var others = new ArrayList<>(tokens);
    if (!others.remove(token)) {
      others.add(token);
    }
    return new MatrixFilter(others);
  }

  public boolean isEmpty() {
    return tokens.isEmpty();
  }

  /** What {@link #parse} reads. */
  public String text() {
    return tokens.stream().map(Token::toString).collect(Collectors.joining(" "));
  }

  /** The roles that are shown: all of them, or those that a role token names a part of. */
  List<RoleName> roles(List<RoleName> all) {
    List<String> wanted = values(Key.ROLE);
    return wanted.isEmpty()
        ? all
        : all.stream()
            .filter(role -> wanted.stream().anyMatch(part -> holds(role.value(), part)))
            .toList();
  }

  /** What a row has to fulfil, by its place, each in the order of its first token. */
  List<Criterion> criteria(Matrix matrix, List<RoleName> shown) {
    Map<Key, List<String>> byKey = new EnumMap<>(Key.class);
    var criteria = new ArrayList<Criterion>();
    for (Token token : tokens) {
      if (token.key() == Key.WORD) {
        criteria.add(
            new Criterion(List.of(token), place -> isIn(token.value(), matrix.place(place))));
      } else if (byKey.putIfAbsent(token.key(), values(token.key())) == null) {
        criteria.add(new Criterion(of(token.key()), holds(token.key(), matrix, shown)));
      }
    }
    return criteria;
  }

  private IntPredicate holds(Key key, Matrix matrix, List<RoleName> shown) {
    List<String> wanted = values(key);
    return switch (key) {
      case METHOD -> at -> anyEquals(wanted, matrix.place(at).action().name());
      case PATH -> at -> begins(matrix.place(at).route().template().toString(), wanted);
      case ROLE -> at -> !shown.isEmpty();
      case STATE -> {
        List<Predicate<MatrixCell>> states = wanted.stream().map(MatrixFilter::state).toList();
        yield at ->
            shown.stream()
                .map(role -> matrix.cell(role, at))
                .anyMatch(cell -> states.stream().anyMatch(state -> state.test(cell)));
      }
      case TAG ->
          at -> matrix.place(at).route().tags().stream().anyMatch(it -> anyEquals(wanted, it));
      case ONLY ->
          at ->
              wanted.contains("differences")
                  && shown.stream()
                          .map(role -> matrix.cell(role, at).now().access())
                          .collect(Collectors.toCollection(HashSet::new))
                          .size()
                      > 1;
      case WORD -> throw new IllegalStateException("every word is a criterion of its own");
    };
  }

  private static Predicate<MatrixCell> state(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "allowed" -> cell -> cell.now().isAllowed();
      case "denied" -> cell -> cell.now().isDenied();
      case "none" -> cell -> !cell.now().isAllowed() && !cell.now().isDenied();
      case "direct" ->
          cell -> (cell.now().isAllowed() || cell.now().isDenied()) && !cell.now().isInherited();
      case "inherited" -> cell -> cell.now().isInherited();
      case "conditional" -> cell -> cell.now().conditional();
      case "staged" -> MatrixCell::isStaged;
      default -> cell -> false;
    };
  }

  private static boolean isIn(String word, RoutePlace place) {
    Route route = place.route();
    return holds(place.text(), word)
        || holds(route.operationId(), word)
        || holds(route.owner(), word)
        || route.tags().stream().anyMatch(tag -> holds(tag, word));
  }

  private static boolean holds(String text, String part) {
    return text.toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
  }

  private static boolean begins(String path, List<String> wanted) {
    return wanted.stream().anyMatch(path::startsWith);
  }

  private static boolean anyEquals(List<String> wanted, String text) {
    return wanted.stream().anyMatch(text::equalsIgnoreCase);
  }

  private List<String> values(Key key) {
    return of(key).stream().map(Token::value).toList();
  }

  private List<Token> of(Key key) {
    return tokens.stream().filter(it -> it.key() == key).toList();
  }

  MatrixFilter without(Collection<Token> some) {
    return new MatrixFilter(tokens.stream().filter(it -> !some.contains(it)).toList());
  }
}
