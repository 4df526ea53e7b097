package dev.grantway.authorizer;

import java.time.Duration;
import java.util.regex.Pattern;

/** Durations as settings write them: {@code 250ms}, {@code 5s}, {@code 5m}, {@code 24h}. */
final class Durations {
  private static final Pattern FORM = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|)");

  private Durations() {}

  /** The duration; a bare number is seconds. */
  static Duration parse(String text) {
    var form = FORM.matcher(text);
    if (!form.matches()) {
      throw new IllegalArgumentException(
          "`" + text + "` is no duration: write it as in `5s`, `5m` or `24h`");
    }
    long amount = Long.parseLong(form.group(1));
    return switch (form.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "m" -> Duration.ofMinutes(amount);
      case "h" -> Duration.ofHours(amount);
      case "d" -> Duration.ofDays(amount);
      default -> Duration.ofSeconds(amount);
    };
  }

  /** Within these bounds, which the message names. */
  static Duration parse(String text, Duration least, Duration most) {
    var duration = parse(text);
    if (duration.compareTo(least) < 0 || duration.compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "`" + text + "` is not between " + words(least) + " and " + words(most));
    }
    return duration;
  }

  private static String words(Duration duration) {
    return duration.toSeconds() + "s";
  }
}
