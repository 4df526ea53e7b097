package dev.grantway.review;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collections;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One access review: what is reviewed by whom until when. Never altered.
 *
 * @param id sorts by when it was created, see {@link #id}
 * @param name 1 to {@value #MAX_NAME} characters on one line
 * @param by the operator who created it
 * @param due when lines that nobody answered may be given the default
 * @param otherwise what becomes of them then
 * @param reviewers names of operators, 1 to {@value #MOST_REVIEWERS}
 * @param revision the lines are of, and {@code revisionHash} the hash of its record
 * @param quietDays how many days up to its creation use was looked for in
 * @param lines how many there are, from number 1
 * @param flagged how many of them need a reason to be kept
 * @param uncovered how many of them no reviewer may answer
 */
public record Campaign(
    String id,
    String name,
    String by,
    Instant at,
    Instant due,
    Answer otherwise,
    SortedSet<String> reviewers,
    Extent extent,
    long revision,
    String revisionHash,
    int quietDays,
    int lines,
    int flagged,
    int uncovered) {
  public static final int MAX_NAME = 120;
  public static final int MOST_REVIEWERS = 100;

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

  public Campaign {
    if (!isId(id)) {
      throw new IllegalArgumentException("`" + id + "` is no id of an access review");
    }
    checkName(name);
    reviewers = Collections.unmodifiableSortedSet(new TreeSet<>(reviewers));
    if (reviewers.isEmpty() || reviewers.size() > MOST_REVIEWERS) {
      throw new IllegalArgumentException(
          "an access review needs 1 to " + MOST_REVIEWERS + " reviewers, got " + reviewers.size());
    }
  }

  /** The name where it is one. */
  public static String checkName(String name) {
    boolean fits = !name.isBlank() && name.length() <= MAX_NAME && name.equals(name.strip());
    if (!fits || name.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          "the name of an access review needs 1 to " + MAX_NAME + " characters on one line");
    }
    return name;
  }

  /**
   * A new id, such as {@code 20261127-034221-007-9f86d081884c7d65}.
   *
   * @param random eight bytes that nobody else drew
   */
  public static String id(Instant at, byte[] random) {
    return TIME.format(at) + "-" + HexFormat.of().formatHex(random);
  }

  public static boolean isId(String text) {
    return text.matches("[0-9]{8}-[0-9]{6}-[0-9]{3}-[0-9a-f]{16}");
  }
}
