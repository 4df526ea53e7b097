package dev.grantway.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.AuditLine;
import dev.grantway.audit.AuditSource;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.review.Campaign;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What stores in memory have that is chained: for tests. A revision has one pack. */
public final class InMemoryAudit implements AuditSource {
  private final PolicyRepository policy;
  private final InMemoryActivity activity;
  private final Clock clock;

  public InMemoryAudit(PolicyRepository policy, InMemoryActivity activity, Clock clock) {
    this.policy = policy;
    this.activity = activity;
    this.clock = clock;
  }

  @Override
  public void each(Consumer<AuditLine> visit) {
    var lines = new ArrayList<AuditLine>();
    Head head = policy.head();
    lines.add(new AuditLine.Start(clock.instant(), "memory", head.revision(), head.hash()));
    for (SignedCheckpoint it : activity.checkpoints(1)) {
      lines.add(new AuditLine.OfCheckpoint(digits(it.checkpoint().number()), it));
    }
    for (Revision it : policy.revisions("", Integer.MAX_VALUE - 1).items().reversed()) {
      revision(it, lines);
    }
    activity.all().forEach(it -> lines.add(line(it)));
    reviews(lines);
    lines.forEach(visit);
    visit.accept(new AuditLine.End(lines.size()));
  }

  private void reviews(List<AuditLine> lines) {
    AccessReviews reviews = policy.reviews();
    for (Campaign it : reviews.campaigns("", Integer.MAX_VALUE - 2).items().reversed()) {
      if (reviews.isReported(it.id())) {
        boolean settled = reviews.closed(it.id()).isPresent();
        reviews.report(it.id(), line -> lines.add(new AuditLine.OfReview(it.id(), settled, line)));
      }
    }
  }

  private void revision(Revision it, List<AuditLine> lines) {
    lines.add(new AuditLine.OfRevision(digits(it.number()), text(RevisionJson.write(it))));
    var pack = new ArrayList<byte[]>();
    List<LoggedChange> changes = policy.changes(it.number(), "", Integer.MAX_VALUE - 1).items();
    changes.forEach(change -> pack.add(RevisionJson.write(change.change(), change.beforeSince())));
    lines.add(
        new AuditLine.OfPack(
            it.number(),
            changes.getFirst().change().key().text(),
            text(RevisionJson.writePack(pack))));
  }

  private static AuditLine line(ActivityRecord it) {
    return new AuditLine.OfActivity(
        LocalDate.ofInstant(it.at(), ZoneOffset.UTC).toString(),
        it.at() + "#" + it.writer() + "#" + digits(it.seq()),
        text(ActivityJson.write(it)),
        it.hash());
  }

  private static String digits(long number) {
    return String.format("%010d", number);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, UTF_8);
  }
}
