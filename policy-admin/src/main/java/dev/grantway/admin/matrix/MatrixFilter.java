package dev.grantway.admin.matrix;

import dev.grantway.admin.common.FilterText;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.ArrayList;
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
      return key == Key.WORD ? value : FilterText.prefix(key) + value;
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
    return new MatrixFilter(FilterText.read(text, Key.class, Key.WORD, Token::new));
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
            .filter(role -> wanted.stream().anyMatch(part -> FilterText.holds(role.value(), part)))
            .toList();
  }

  /** What a row has to fulfil, by its place, each in the order of its first token. */
  List<Criterion> criteria(Matrix matrix, List<RoleName> shown) {
    Map<Key, List<String>> byKey = new EnumMap<>(Key.class);
    var criteria = new ArrayList<Criterion>();
    for (Token token : tokens) {
      if (token.key() == Key.WORD) {
        criteria.add(new Criterion(List.of(token), at -> isIn(token.value(), matrix.place(at))));
      } else if (byKey.putIfAbsent(token.key(), values(token.key())) == null) {
        criteria.add(new Criterion(of(token.key()), holds(token.key(), matrix, shown)));
      }
    }
    return criteria;
  }

  private IntPredicate holds(Key key, Matrix matrix, List<RoleName> shown) {
    List<String> wanted = values(key);
    return switch (key) {
      case METHOD, PATH, TAG -> at -> ofPlace(key, wanted, matrix.place(at));
      case ROLE -> at -> !shown.isEmpty();
      case STATE -> {
        List<Predicate<MatrixCell>> states = wanted.stream().map(MatrixFilter::state).toList();
        yield at ->
            shown.stream()
                .map(role -> matrix.cell(role, at))
                .anyMatch(cell -> states.stream().anyMatch(state -> state.test(cell)));
      }
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

  private static boolean ofPlace(Key key, List<String> wanted, RoutePlace place) {
    return switch (key) {
      case METHOD -> anyEquals(wanted, place.action().name());
      case PATH -> begins(place.route().template().toString(), wanted);
      case TAG -> wanted.stream().anyMatch(place.route()::hasTag);
      case ROLE, STATE, ONLY, WORD -> true;
    };
  }

  /**
   * Whether a route is looked for: its words hold, and its methods, paths and tags. What is asked
   * of roles and states is for others to tell.
   */
  public boolean takes(RoutePlace place) {
    return tokens.stream()
        .allMatch(
            token ->
                token.key() == Key.WORD
                    ? isIn(token.value(), place)
                    : ofPlace(token.key(), values(token.key()), place));
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
    return FilterText.holds(place.text(), word)
        || FilterText.holds(route.operationId(), word)
        || FilterText.holds(route.owner(), word)
        || route.tags().stream().anyMatch(tag -> FilterText.holds(tag, word));
  }

  private static boolean begins(String path, List<String> wanted) {
    return wanted.stream().anyMatch(path::startsWith);
  }

  private static boolean anyEquals(List<String> wanted, String text) {
    return wanted.stream().anyMatch(text::equalsIgnoreCase);
  }

  /** What the tokens of a key ask for, in their order. */
  public List<String> values(Key key) {
    return of(key).stream().map(Token::value).toList();
  }

  private List<Token> of(Key key) {
    return tokens.stream().filter(it -> it.key() == key).toList();
  }

  MatrixFilter without(Collection<Token> some) {
    return new MatrixFilter(tokens.stream().filter(it -> !some.contains(it)).toList());
  }
}
