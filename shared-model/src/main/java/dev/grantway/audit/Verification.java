package dev.grantway.audit;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Verifies everything that is chained, from what a source shows and nothing else: the records of
 * revisions with their changes (REV-06), the activity log, the checkpoints over both. Needs memory
 * for what checkpoints name, not for the records.
 */
public final class Verification {
  private final Faults faults = new Faults();
  private final Anchors anchors = new Anchors();
  private final CheckpointCheck checkpoints;
  private final RevisionCheck revisions = new RevisionCheck(faults, anchors);
  private final ReviewCheck reviews = new ReviewCheck(faults);
  private final ActivityCheck activity = new ActivityCheck(faults, anchors, reviews);
  private AuditLine.@Nullable Start start;
  private long lines;
  private boolean ended;
  private long missingLines;

  /**
   * Begins.
   *
   * @param trusted the public keys that may sign; empty: any key that comes with the records, which
   *     then do not tell who signed
   * @param outside copies of checkpoints that were kept where whoever changes the table cannot
   *     reach them
   */
  public Verification(Set<String> trusted, Collection<SignedCheckpoint> outside) {
    this.checkpoints = new CheckpointCheck(faults, anchors, Set.copyOf(trusted));
    outside.forEach(checkpoints::outside);
  }

  /** Verifies all that a source shows. */
  public static AuditReport of(
      AuditSource source, Set<String> trusted, Collection<SignedCheckpoint> outside) {
    var verification = new Verification(trusted, outside);
    source.each(verification::add);
    return verification.report();
  }

  /** Takes the next line. */
  public void add(AuditLine line) {
    if (ended) {
      faults.add("line " + (lines + 1), "stands after the end");
    }
    if (start == null && !(line instanceof AuditLine.Start)) {
      throw new IllegalArgumentException("it does not begin as an audit bundle does");
    }
    switch (line) {
      case AuditLine.Start it -> begin(it);
      case AuditLine.OfCheckpoint it -> checkpoints.add(it);
      case AuditLine.OfRevision it -> revisions.add(it);
      case AuditLine.OfPack it -> revisions.add(it);
      case AuditLine.OfActivity it -> activity.add(it);
      case AuditLine.OfReview it -> reviews.add(it);
      case AuditLine.End it -> end(it);
    }
    lines++;
  }

  /** Takes a line that is none. */
  public void unreadable(String why) {
    faults.add("line " + (lines + 1), "cannot be read: " + why);
    lines++;
  }

  private void begin(AuditLine.Start it) {
    if (start != null) {
      faults.add("line " + (lines + 1), "begins a second bundle");
      return;
    }
    start = it;
    checkpoints.anchorOutside(it.at());
  }

  private void end(AuditLine.End it) {
    ended = true;
    missingLines = it.lines() - lines;
  }

  /** What was found; nothing may be added after it. */
  public AuditReport report() {
    AuditLine.Start from = start;
    if (from == null) {
      throw new IllegalArgumentException("there is nothing in it");
    }
    revisions.finish(from.head(), from.headHash());
    reviews.finish(from.at());
    checkpoints.finish();
    anchors
        .missing()
        .forEach((record, by) -> faults.add(record, "is missing, though " + by + " names it"));
    if (!ended) {
      faults.add("the end", "is missing: the bundle was cut off");
    }
    if (missingLines != 0) {
      faults.add(
          "the end",
          missingLines > 0
              ? "counts " + missingLines + " lines more than are here"
              : "counts " + -missingLines + " lines fewer than are here");
    }
    return new AuditReport(
        revisions.count(),
        revisions.changes(),
        activity.count(),
        activity.writers(),
        checkpoints.count(),
        faults.found(),
        facts(from),
        unproved());
  }

  private List<String> facts(AuditLine.Start from) {
    var facts = new ArrayList<String>();
    facts.add("read from table `" + from.table() + "` at " + from.at());
    facts.addAll(checkpoints.facts());
    facts.addAll(reviews.facts());
    return facts;
  }

  private List<String> unproved() {
    var unproved = new ArrayList<String>();
    if (!checkpoints.hasOutside()) {
      unproved.add(
          "whether records were removed from the end of a chain, or a whole chain was written anew:"
              + " give the copies of checkpoints that are kept outside with --checkpoints");
    } else {
      unproved.add(
          "what came after the last checkpoint outside: "
              + Math.max(0, revisions.last() - anchors.outsideRevision())
              + " revision numbers and "
              + activity.afterOutside()
              + " activity records are chained, but would not be missed if they were removed from"
              + " the end, and could have been written anew");
    }
    if (!checkpoints.trustsGivenKeys()) {
      unproved.add(
          "who signed the checkpoints: their keys came with the records; give the public key that"
              + " you know with --key");
    }
    unproved.addAll(reviews.unproved());
    unproved.add(
        "whether the roles, routes and assignments that authorizers read are those of the changes:"
            + " only the changes are chained");
    unproved.add("whether what was recorded is true, and whether everything was recorded");
    return unproved;
  }
}
