package dev.grantway.admin.changes;

/**
 * A test of the policy that is answered otherwise than it expects.
 *
 * @param why as in {@code expected ALLOW, got DENY by [] (default-deny)}
 * @param before it fails in the same way without the draft, which did not touch it: that stops
 *     nobody
 */
public record FailedTest(String name, String why, boolean before) {

  /** What keeps the draft from being published. */
  Objection objection() {
    return Objection.of("test-failed", name, why);
  }
}
