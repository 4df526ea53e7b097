package dev.grantway.authorizer.json;

/**
 * What a text may hold to be read at all.
 *
 * @param depth most nested arrays and objects
 * @param numberLength most characters of one number
 * @param members most object members in all
 * @param elements most array elements in all
 * @param duplicates what a repeated member name does
 * @param surrogates what half a surrogate pair in a string does
 */
public record JsonLimits(
    int depth,
    int numberLength,
    int members,
    int elements,
    Duplicates duplicates,
    Surrogates surrogates) {

  /** What a repeated member name does. */
  public enum Duplicates {
    /** The whole text is refused. */
    REFUSE,
    /** That one object reads as null, its neighbours stand (key sets are read key by key). */
    VOID_OBJECT
  }

  /** What half a surrogate pair does. */
  public enum Surrogates {
    /** The whole text is refused. */
    REFUSE,
    /** It reads as U+FFFD: a caller's path or header must not make an event unreadable. */
    REPLACE
  }

  /** Token headers and payloads (TOKENS steps 2 and 9). */
  public static final JsonLimits TOKEN =
      new JsonLimits(16, 32, 200, 1_000, Duplicates.REFUSE, Surrogates.REFUSE);

  /** Key sets and discovery documents. */
  public static final JsonLimits KEY_SET =
      new JsonLimits(16, 32, 20_000, 20_000, Duplicates.VOID_OBJECT, Surrogates.REFUSE);

  /** Events, which come from the platform and hold what callers wrote. */
  public static final JsonLimits PLATFORM =
      new JsonLimits(32, 64, 100_000, 100_000, Duplicates.REFUSE, Surrogates.REPLACE);

  /** Settings, whose inline key sets are read key by key like fetched ones. */
  public static final JsonLimits SETTINGS =
      new JsonLimits(32, 64, 100_000, 100_000, Duplicates.VOID_OBJECT, Surrogates.REFUSE);
}
