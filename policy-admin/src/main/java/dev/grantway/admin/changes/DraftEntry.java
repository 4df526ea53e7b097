package dev.grantway.admin.changes;

import java.time.Instant;

/**
 * An open draft in a list.
 *
 * @param own the operator's who asks
 * @param edited the operator's edits go to it
 */
public record DraftEntry(
    String id, String name, String owner, Instant createdAt, boolean own, boolean edited) {
  /** The most characters of a name. */
  public static final int MAX_NAME = 120;

  /**
   * A draft's name as it is stored.
   *
   * @throws IllegalArgumentException if it is empty, longer than 120 characters, or holds control
   *     characters
   */
  static String checked(String name) {
    String text = name.strip();
    boolean clean =
        !text.isEmpty()
            && text.length() <= MAX_NAME
            && text.chars().noneMatch(Character::isISOControl);
    if (!clean) {
      throw new IllegalArgumentException(
          "a draft needs a name of 1 to " + MAX_NAME + " characters without control characters");
    }
    return text;
  }
}
