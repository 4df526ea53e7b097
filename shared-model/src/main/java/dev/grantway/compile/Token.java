package dev.grantway.compile;

/** One place of a token list: what segments may stand there (COMPILER, ground). */
sealed interface Token {

  /** Exactly this segment. */
  record Literal(String text) implements Token {}

  /** One non-empty segment, or one and more of them. */
  enum Wild implements Token {
    ONE,
    MANY
  }

  /** True if some segment is one of both. */
  static boolean overlap(Token a, Token b) {
    return a instanceof Wild || b instanceof Wild || a.equals(b);
  }

  /** What both stand for, if they are one segment each; null if they have nothing in common. */
  static @org.jspecify.annotations.Nullable Token unify(Token a, Token b) {
    if (a == Wild.ONE) {
      return b;
    }
    return b == Wild.ONE || a.equals(b) ? a : null;
  }
}
