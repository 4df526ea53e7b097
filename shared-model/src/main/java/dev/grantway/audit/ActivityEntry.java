package dev.grantway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One thing that was done or is about to be, as it goes into the activity log. Holds names of
 * policy data and of operators only: never a token, never the value of a claim of a caller.
 *
 * @param operator who did it: the name kept in drafts and history, at most 256 characters; {@code
 *     nobody} where nobody is signed in, {@code system} for what the app does by itself
 * @param subject what it was done to, such as {@code draft 4711} or {@code orders/prod}; at most
 *     500 characters, perhaps none
 * @param details what else is worth knowing, at most 16 members: names of at most 40 letters and
 *     digits, texts of at most 1,000 characters
 */
public record ActivityEntry(
    String operator, ActivityKind kind, String subject, SortedMap<String, String> details) {
  private static final int MAX_OPERATOR = 256;
  private static final int MAX_SUBJECT = 500;
  private static final int MAX_DETAILS = 16;
  private static final int MAX_NAME = 40;
  private static final int MAX_TEXT = 1_000;

  public ActivityEntry {
    if (operator.isEmpty()) {
      throw new IllegalArgumentException("an activity needs an operator");
    }
    atMost("operator", operator, MAX_OPERATOR);
    atMost("subject", subject, MAX_SUBJECT);
    if (details.size() > MAX_DETAILS) {
      throw new IllegalArgumentException(
          "an activity has at most " + MAX_DETAILS + " details, got " + details.size());
    }
    details.forEach(ActivityEntry::check);
    details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /** The same from texts of any length: what is too long is cut and ends with an ellipsis. */
  public static ActivityEntry clipped(
      String operator, ActivityKind kind, String subject, Map<String, String> details) {
    var texts = new TreeMap<String, String>();
    details.forEach((name, text) -> texts.put(name, clip(text, MAX_TEXT)));
    return new ActivityEntry(clippedOperator(operator), kind, clip(subject, MAX_SUBJECT), texts);
  }

  /** The name of an operator as records hold it. */
  public static String clippedOperator(String operator) {
    return clip(operator, MAX_OPERATOR);
  }

  private static String clip(String text, int most) {
    // Half a surrogate pair, from a broken browser, has no form in UTF-8.
    String whole = new String(text.getBytes(UTF_8), UTF_8);
    if (whole.length() <= most) {
      return whole;
    }
    int end = Character.isHighSurrogate(whole.charAt(most - 2)) ? most - 2 : most - 1;
    return whole.substring(0, end) + "…";
  }

  private static void check(String name, String text) {
    if (name.isEmpty()
        || name.length() > MAX_NAME
        || !name.chars().allMatch(ActivityEntry::plain)) {
      throw new IllegalArgumentException(
          "detail `" + name + "` needs 1 to " + MAX_NAME + " letters and digits");
    }
    atMost("detail `" + name + "`", text, MAX_TEXT);
  }

  private static boolean plain(int c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
  }

  private static void atMost(String what, String text, int most) {
    if (text.length() > most) {
      throw new IllegalArgumentException(
          what + " may have at most " + most + " characters, got " + text.length());
    }
  }
}
