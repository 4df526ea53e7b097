package dev.grantway.policyfile;

import dev.grantway.analysis.DocumentAnalysis;
import dev.grantway.analysis.Invariants;
import dev.grantway.analysis.PolicyAnalysis;
import dev.grantway.analysis.Severity;
import dev.grantway.analysis.Subject;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Rules;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Everything that can be said about a policy file by itself: its findings, those of the analysis of
 * its policy, and how its tests went.
 */
public final class PolicyCheck {
  private final Clock clock;
  private final Wanted wanted;

  /**
   * What is wanted besides what is wrong.
   *
   * @param coverage also names what no test and no permission reaches
   * @param deployments whose documents are to be compiled
   */
  public record Wanted(boolean coverage, List<DocumentAnalysis.Deployment> deployments) {
    public Wanted {
      deployments = List.copyOf(deployments);
    }
  }

  public PolicyCheck(Clock clock, Wanted wanted) {
    this.clock = clock;
    this.wanted = wanted;
  }

  /**
   * What was found.
   *
   * @param tests how many ran
   * @param coverage of each API, where it was wanted
   */
  public record Outcome(List<Finding> findings, int tests, List<RouteCoverage.Count> coverage) {
    public Outcome {
      coverage = List.copyOf(coverage);
      findings =
          findings.stream()
              .sorted(
                  Comparator.comparingInt((Finding finding) -> finding.at().line())
                      .thenComparingInt(finding -> finding.at().column()))
              .toList();
    }
  }

  /** Checks one file. */
  public Outcome run(String text, String fileName) {
    PolicyFile.Result result = PolicyFile.read(text, fileName);
    if (!(result instanceof PolicyFile.Read read)) {
      return new Outcome(result.findings(), 0, List.of());
    }
    var findings = new Findings(fileName);
    analyse(read, findings);
    Set<PermissionId> deciding = runTests(read, findings);
    var coverage = new RouteCoverage(read, clock, findings);
    if (wanted.coverage()) {
      coverage.nameUntested(deciding);
    }
    var all = new ArrayList<>(read.findings());
    List<RouteCoverage.Count> counts = wanted.coverage() ? coverage.nameRoutes() : List.of();
    all.addAll(findings.sorted());
    return new Outcome(all, read.tests().size(), counts);
  }

  private void analyse(PolicyFile.Read read, Findings findings) {
    Policy policy = read.policy();
    Instant now = clock.instant();
    var found = new ArrayList<>(PolicyAnalysis.of(policy, now));
    found.addAll(Invariants.of(policy, List.of(), now));
    for (DocumentAnalysis.Deployment deployment : wanted.deployments()) {
      found.addAll(DocumentAnalysis.of(policy, now, deployment));
    }
    found.stream().distinct().forEach(finding -> add(finding, read, now, findings));
    policy.rules().waivers().stream()
        .filter(waiver -> !now.isBefore(waiver.until()))
        .forEach(waiver -> over(waiver, read, findings));
  }

  private static void over(Rules.Waiver waiver, PolicyFile.Read read, Findings findings) {
    findings.warning(
        read.positions().waiver(waiver.finding()).orElse(Position.START),
        FindingCode.WAIVER_OVER,
        "the waiver of " + Findings.quote(waiver.finding()) + " ended at " + waiver.until(),
        "remove it, or have `" + waiver.owner() + "` renew it");
  }

  /** A finding that is waived becomes a note, and says by whom. */
  private static void add(
      dev.grantway.analysis.Finding finding, PolicyFile.Read read, Instant now, Findings findings) {
    Optional<Rules.Waiver> waiver = read.policy().rules().waiver(finding::isNamed, now);
    String waived =
        waiver
            .map(one -> " (waived by `" + one.owner() + "` until " + one.until() + ")")
            .orElse("");
    findings.add(
        waiver.isPresent() ? Severity.NOTE : finding.severity(),
        at(finding.about(), read),
        finding.code(),
        finding.message() + waived,
        finding.next());
  }

  /** The built-in role stands nowhere unless the file gives it something: then at its API. */
  private static Position at(Subject about, PolicyFile.Read read) {
    Positions positions = read.positions();
    Optional<Position> at =
        switch (about) {
          case Subject.OfPermission(var id) -> positions.permission(id.value());
          case Subject.OfRole(var role, var api, var stage) ->
              positions.role(role.value()).or(() -> positions.api(api));
          case Subject.OfRoles(var roles, var api, var stage) ->
              positions.role(roles.first().value()).or(() -> positions.api(api));
          case Subject.OfApi(var api) -> positions.api(api);
          case Subject.OfInvariant(var name) -> positions.invariant(name);
        };
    return at.orElse(Position.START);
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
}
