package dev.grantway.admin.changes;

import dev.grantway.decision.PolicyTest;
import dev.grantway.revision.Change;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * The policy's tests as they go with a draft. What fails in the same way without it, and is not
 * about it, is no reason to refuse it: time fails tests as well.
 */
final class TestGate {
  private TestGate() {}

  /** Those that fail, by name. */
  static List<FailedTest> failing(WorkingCopy after, Collection<Change> changes, Instant now) {
    if (changes.isEmpty()) {
      return List.of();
    }
    Map<PolicyTest, String> failing = TestFailures.of(after, after.tests(), now);
    if (failing.isEmpty()) {
      return List.of();
    }
    WorkingCopy before = after.withoutChanges();
    var known = new HashSet<>(before.tests());
    known.retainAll(failing.keySet());
    Map<PolicyTest, String> failed = TestFailures.of(before, known, now);
    var found = new ArrayList<FailedTest>();
    failing.forEach(
        (test, why) -> found.add(new FailedTest(test.name(), why, why.equals(failed.get(test)))));
    return found;
  }
}
