package dev.grantway.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.Closing;
import dev.grantway.review.Extent;
import dev.grantway.review.Flag;
import dev.grantway.review.LastUse;
import dev.grantway.review.LineAnswer;
import dev.grantway.review.Outcome;
import dev.grantway.review.Report;
import dev.grantway.review.ReportLine;
import dev.grantway.review.ReviewLine;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.AccessReviews;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A close-out report that was changed, cut, added or removed is named. */
class ReviewCheckTest {
  private static final Instant AT = Instant.parse("2026-11-27T03:42:21.007Z");
  private static final String ID = Campaign.id(AT, new byte[8]);
  private static final String NAME = "review `" + ID + "`";

  private final Clock clock = Clock.fixed(AT.plusSeconds(60), ZoneOffset.UTC);
  private final InMemoryPolicy policy = InMemoryPolicy.of(Policy.EMPTY, clock);
  private final InMemoryActivity log = new InMemoryActivity(Clock.fixed(AT, ZoneOffset.UTC));
  private final AccessReviews reviews = policy.reviews();

  private static ReviewLine line(int number) {
    var permission =
        new Permission(
            new PermissionId("p" + number),
            new RoleName("clerk"),
            Effect.ALLOW,
            new ApiId("a1"),
            StageScope.EVERY,
            Set.of(Action.GET),
            ResourcePattern.parse("/orders"),
            Condition.NONE,
            Validity.ALWAYS,
            "");
    return new ReviewLine(
        number,
        new PolicyRow.OfPermission(permission),
        3,
        new TreeSet<>(Set.of("ana")),
        AT,
        1,
        new LastUse(LastUse.Of.ROUTES, 0, null, 90, 90, true),
        new TreeSet<>(Set.of(Flag.UNUSED)),
        new TreeMap<>());
  }

  private void close(boolean recorded, boolean ended) {
    var campaign =
        new Campaign(
            ID,
            "autumn",
            "olga",
            AT,
            AT,
            Answer.REVOKE,
            new TreeSet<>(Set.of("ben")),
            Extent.EVERYTHING,
            3,
            "f".repeat(64),
            90,
            3,
            3,
            0);
    reviews.create(campaign);
    var report = new Report();
    var texts = new ArrayList<String>();
    texts.add(report.add(new ReportLine.Begin(campaign, new Closing("olga", AT, "d1"))));
    texts.add(report.add(new ReportLine.Of(line(1), null, Outcome.REVOKED)));
    for (int i = 2; i <= 3; i++) {
      var said = new LineAnswer(i, 1, Answer.KEEP, "ben", AT.plusSeconds(9), AT, "needed", 0);
      texts.add(report.add(new ReportLine.Of(line(i), said, Outcome.KEPT)));
    }
    texts.add(report.add(new ReportLine.End(report.counts(), "d1")));
    String sha256 = report.sha256();
    reviews.addReport(ID, 0, texts, true);
    if (recorded) {
      log.append(
          ActivityEntry.clipped(
              "olga", ActivityKind.REVIEW_CLOSED, "review " + ID, Map.of("sha256", sha256)));
    }
    if (ended) {
      reviews.end(ID, new Closed(AT, sha256, report.counts(), "d1"));
    }
  }

  private List<AuditLine> lines() {
    var lines = new ArrayList<AuditLine>();
    new InMemoryAudit(policy, log, clock).each(lines::add);
    return lines;
  }

  private static AuditReport verify(List<AuditLine> lines) {
    var verification = new Verification(Set.of(), List.of());
    lines.forEach(line -> verification.add(AuditLines.read(AuditLines.write(line))));
    return verification.report();
  }

  /** Verifies the same with every line of the report as somebody made it. */
  private AuditReport tampered(UnaryOperator<String> change) {
    return verify(
        lines().stream()
            .map(
                line ->
                    line instanceof AuditLine.OfReview it
                        ? new AuditLine.OfReview(it.review(), it.settled(), change.apply(it.body()))
                        : line)
            .toList());
  }

  private List<AuditLine> without(int nth) {
    var lines = new ArrayList<>(lines());
    int[] seen = {0};
    lines.removeIf(line -> line instanceof AuditLine.OfReview && seen[0]++ == nth);
    lines.set(lines.size() - 1, new AuditLine.End(lines.size() - 1L));
    return lines;
  }

  @Test
  void aReportThatTheLogRecordedIsProved() {
    close(true, true);
    AuditReport report = verify(lines());
    assertThat(report.faults()).isEmpty();
    assertThat(report.facts())
        .contains(
            "the reports of 1 access review, 3 lines, are those whose hashes the activity log"
                + " recorded");
  }

  @Test
  void whoeverChangesALineIsFoundOut() {
    close(true, true);
    Map<String, UnaryOperator<String>> changes =
        Map.of(
            "another reviewer", body -> body.replace("\"by\":\"ben\"", "\"by\":\"eve\""),
            "another outcome", body -> body.replace("\"revoked\"", "\"kept\""),
            "another comment", body -> body.replace("needed", "fine"),
            "faster", body -> body.replace("9000", "9"),
            "a space", body -> body.replace("{\"type\":\"end\"", "{ \"type\":\"end\""),
            "nothing to read", body -> body.contains("\"line\":2") ? "" : body);
    changes.forEach(
        (how, change) ->
            assertThat(tampered(change).faults())
                .as(how)
                .singleElement()
                .satisfies(
                    fault -> {
                      assertThat(fault.record()).isEqualTo(NAME);
                      assertThat(fault.why())
                          .startsWith("was changed: its report is not the one that activity ");
                    }));
  }

  @Test
  void whatIsMissingIsNamed() {
    close(true, true);
    for (int i = 0; i < 5; i++) {
      assertThat(verify(without(i)).faults())
          .as("line " + i)
          .singleElement()
          .satisfies(fault -> assertThat(fault.record()).isEqualTo(NAME));
    }
    assertThat(verify(without(2)).faults().getFirst().why()).contains("line 2 is that of number 3");
    assertThat(verify(without(4)).faults().getFirst().why()).contains("cut off after 4 lines");
    var none =
        new ArrayList<AuditLine>(
            lines().stream().filter(it -> !(it instanceof AuditLine.OfReview)).toList());
    none.set(none.size() - 1, new AuditLine.End(none.size() - 1L));
    assertThat(verify(none).faults())
        .singleElement()
        .satisfies(fault -> assertThat(fault.why()).startsWith("has no report here, though"));
  }

  @Test
  void aReportThatNoRecordNamesWasAdded() {
    close(false, true);
    assertThat(verify(lines()).faults())
        .containsExactly(
            new Fault(NAME, "was added: no record of the activity log names its report"));
  }

  @Test
  void aClosingThatDiedBeforeItsRecordProvesNothingAndIsNoFault() {
    close(false, false);
    AuditReport report = verify(lines());
    assertThat(report.faults()).isEmpty();
    assertThat(report.unproved())
        .anyMatch(it -> it.startsWith("1 reports of access reviews whose closing has not ended"));
  }

  @Test
  void aClosingThatDiedAfterItsRecordIsProved() {
    close(true, false);
    assertThat(verify(lines()).faults()).isEmpty();
  }
}
