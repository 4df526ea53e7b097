package dev.grantway.policyfile;

import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Everything that can be said about a policy file by itself: its findings, and how its tests went.
 */
public final class PolicyCheck {
  private final Clock clock;

  public PolicyCheck(Clock clock) {
    this.clock = clock;
  }

  /**
   * What was found.
   *
   * @param tests how many ran
   */
  public record Outcome(List<Finding> findings, int tests) {
    public Outcome {
      findings =
          findings.stream()
              .sorted(
                  Comparator.comparingInt((Finding finding) -> finding.at().line())
                      .thenComparingInt(finding -> finding.at().column()))
              .toList();
    }
  }

  /**
   * Checks one file.
   *
   * @param coverage also names permissions that decide no test
   */
  public Outcome run(String text, String fileName, boolean coverage) {
    PolicyFile.Result result = PolicyFile.read(text, fileName);
    if (!(result instanceof PolicyFile.Read read)) {
      return new Outcome(result.findings(), 0);
    }
    var findings = new Findings(fileName);
    read.policy().permissions().forEach(permission -> checkExpired(permission, read, findings));
    Set<PermissionId> deciding = runTests(read, findings);
    if (coverage) {
      read.policy().permissions().stream()
          .filter(permission -> !deciding.contains(permission.id()))
          .forEach(permission -> untested(permission, read, findings));
    }
    var all = new ArrayList<>(read.findings());
    all.addAll(findings.sorted());
    return new Outcome(all, read.tests().size());
  }

  private void checkExpired(Permission permission, PolicyFile.Read read, Findings findings) {
    Instant now = clock.instant();
    boolean over = permission.validity().until().map(until -> !now.isBefore(until)).orElse(false);
    if (over) {
      findings.warning(
          at(permission, read),
          FindingCode.EXPIRED,
          "permission `" + permission.id() + "` ended at " + permission.validity().until().get(),
          "remove it or move its end");
    }
  }

  /** The permissions that decided at least one test. */
  private Set<PermissionId> runTests(PolicyFile.Read read, Findings findings) {
    var run = new TestRun(read.policy(), clock);
    var deciding = new HashSet<PermissionId>();
    for (PolicyTest test : read.tests()) {
      deciding.addAll(run.answer(test).decision().by());
      run.failure(test)
          .ifPresent(
              why ->
                  findings.error(
                      read.positions().test(test.name()).orElse(Position.START),
                      FindingCode.TEST_FAILED,
                      "test " + Findings.quote(test.name()) + " failed: " + why,
                      "correct the policy or the test"));
    }
    return deciding;
  }

  private static void untested(Permission permission, PolicyFile.Read read, Findings findings) {
    findings.warning(
        at(permission, read),
        FindingCode.UNTESTED,
        "permission `" + permission.id() + "` decides no test",
        "add a test with `by: [" + permission.id() + "]`");
  }

  private static Position at(Permission permission, PolicyFile.Read read) {
    return read.positions().permission(permission.id().value()).orElse(Position.START);
  }
}
