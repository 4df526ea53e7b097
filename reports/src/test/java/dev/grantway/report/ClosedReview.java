package dev.grantway.report;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
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
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.InMemoryPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/** An access review of one permission, which is revoked, and one assignment nobody answered. */
public record ClosedReview(String id, String sha256) {

  /** Closes one in a table. */
  public static ClosedReview in(InMemoryPolicy table, Instant at) {
    String id = Campaign.id(at, new byte[8]);
    var campaign =
        new Campaign(
            id,
            "=autumn",
            "olga",
            at,
            at,
            Answer.KEEP,
            new TreeSet<>(List.of("ben")),
            Extent.EVERYTHING,
            2,
            "f".repeat(64),
            90,
            2,
            1,
            0);
    PolicyRow permission =
        PolicyRows.of(table.live().policy()).values().stream()
            .filter(PolicyRow.OfPermission.class::isInstance)
            .findFirst()
            .orElseThrow();
    var assignment =
        new PolicyRow.OfAssignment(
            new Assignment(new RoleName("viewer"), "corp", Assignment.Kind.SUBJECT, "@zoë", null));
    var report = new Report();
    var texts = new ArrayList<String>();
    texts.add(report.add(new ReportLine.Begin(campaign, new Closing("olga", at, "d1"))));
    texts.add(
        report.add(
            new ReportLine.Of(
                line(1, permission, Flag.MONEY, at),
                new LineAnswer(1, 1, Answer.REVOKE, "ben", at.plusMillis(7_250), at, "+1, gone", 0),
                Outcome.REVOKED)));
    texts.add(
        report.add(
            new ReportLine.Of(line(2, assignment, Flag.NEVER_ENDS, at), null, Outcome.KEPT)));
    texts.add(report.add(new ReportLine.End(report.counts(), "d1")));
    String sha256 = report.sha256();
    table.reviews().create(campaign);
    table.reviews().addReport(id, 0, texts, true);
    table.reviews().end(id, new Closed(at, sha256, report.counts(), "d1"));
    return new ClosedReview(id, sha256);
  }

  private static ReviewLine line(int number, PolicyRow row, Flag flag, Instant at) {
    return new ReviewLine(
        number,
        row,
        1,
        new TreeSet<>(List.of("ana", "cyd")),
        at,
        2,
        new LastUse(LastUse.Of.ROUTES, 41, at, 90, 12, true),
        new TreeSet<>(List.of(flag)),
        new TreeMap<>());
  }
}
