package dev.grantway.review;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What logs told of the use of a line when it was fixed.
 *
 * @param of whose use
 * @param calls that were let through in the period
 * @param lastOrNull when the last of them was; null: there was none
 * @param days how many the period has
 * @param told of how many of them logs tell
 * @param everyCall false: on some days logs leave calls out that gateways answered from caches,
 *     lines of theirs could not be read, or callers could not be told apart
 */
public record LastUse(
    Of of, long calls, @Nullable Instant lastOrNull, int days, int told, boolean everyCall) {

  /** Whose calls were looked for. */
  public enum Of {
    /** Those of callers with the role to the routes that the permission covers. */
    ROUTES,
    /** Those of callers with the role. */
    ROLE,
    /** Those of the one principal with the role. */
    PRINCIPAL
  }

  public Optional<Instant> last() {
    return Optional.ofNullable(lastOrNull);
  }

  /** Whether logs tell of every call of the period: then no call is no use. */
  public boolean isComplete() {
    return told >= days && everyCall;
  }
}
