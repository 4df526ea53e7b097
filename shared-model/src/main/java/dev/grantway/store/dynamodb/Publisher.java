package dev.grantway.store.dynamodb;

import dev.grantway.revision.Change;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Rebase;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.BundleKey;
import dev.grantway.store.ChangeCheck;
import dev.grantway.store.Head;
import dev.grantway.store.Progress;
import dev.grantway.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;

/** Publishes in the steps of docs/storage.md: nothing is visible until head moves (REV-01). */
final class Publisher {
  private final Table table;
  private final HeadItem head;
  private final Bundles bundles;
  private final AttemptLog log;
  private final Clock clock;
  private final Duration patience;

  Publisher(Table table, Clock clock, Duration patience) {
    this.table = table;
    this.head = new HeadItem(table);
    this.bundles = new Bundles(table);
    this.log = new AttemptLog(table);
    this.clock = clock;
    this.patience = patience;
  }

  PublishResult publish(Publication publication, Head base, Progress progress) {
    var view = new View(bundles, base);
    List<Change> changes = publication.changes();
    if (publication.base() != base.revision() || !publication.baseHash().equals(base.hash())) {
      return moved(base, changes);
    }
    if (changes.isEmpty()) {
      return new PublishResult.Refused(List.of(Refusal.nothingToPublish()));
    }
    view.expect(changes);
    ChangeCheck.Result found =
        ChangeCheck.check(new DynamoAsOf(view, base.hash()), changes, progress);
    if (!found.disputes().isEmpty()) {
      return new PublishResult.Conflict(base.revision(), found.disputes());
    }
    if (!found.refusals().isEmpty()) {
      return new PublishResult.Refused(found.refusals());
    }
    var derivation = new Derivation(view, changes);
    return attempt(publication, base, found.since(), derivation, progress);
  }

  private PublishResult moved(Head now, List<Change> changes) {
    var view = new View(bundles, now);
    Rebase rebase = Rebase.of(changes, key -> view.row(key).map(StampedRow::row));
    return new PublishResult.Conflict(now.revision(), rebase.disputes());
  }

  private PublishResult attempt(
      Publication publication,
      Head base,
      SortedMap<RowKey, Long> since,
      Derivation derivation,
      Progress progress) {
    var deadline = new Deadline(clock.instant().plus(patience), clock);
    long number = head.takeNumber();
    var opened =
        new AttemptRecord(
            number,
            withoutChanges(publication),
            after(base.at()),
            publication.changes().size(),
            null);
    try {
      var inTime = new Attempting(table.until(deadline), deadline.at(), progress);
      AttemptRecord sealed = inTime.log(opened, publication.changes(), since, derivation.keys());
      if (sealed.seal().isPresent()
          && new Completion(inTime.table())
              .complete(sealed, base, derivation, derivation.keys(), progress)) {
        progress.at("committing", 1, 1);
        return new PublishResult.Published(sealed.revision());
      }
    } catch (RuntimeException failure) {
      return failed(number, publication, base, failure);
    }
    giveUp(number);
    return moved(head.read(), publication.changes());
  }

  /** Steps 2 to 4, sent before a deadline. */
  private record Attempting(Table table, Instant deadline, Progress progress) {

    /** The sealed record, or the opened one if somebody declared the number void. */
    AttemptRecord log(
        AttemptRecord opened,
        List<Change> changes,
        SortedMap<RowKey, Long> since,
        SortedSet<BundleKey> keys) {
      var log = new AttemptLog(table);
      if (!log.begin(opened, deadline)) {
        return opened;
      }
      Packs.Hashes hashes;
      try (var puts = new Puts(table, done -> progress.at("logging", done, changes.size()))) {
        hashes =
            Packs.write(opened.number(), changes, since, pack -> puts.put(pack, pack.number("n")));
        puts.end();
      }
      AttemptRecord sealed = opened.sealed(log.writeKeys(opened.number(), hashes, keys));
      return log.seal(sealed, deadline) ? sealed : opened;
    }
  }

  private static Publication withoutChanges(Publication it) {
    return new Publication(
        List.of(),
        it.base(),
        it.baseHash(),
        it.operator(),
        it.approvers(),
        it.reason(),
        it.draft(),
        it.breakGlass());
  }

  /** Record times never go back: at least a millisecond after the base's. */
  private Instant after(Instant base) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    Instant earliest = base.plusMillis(1);
    return now.isAfter(earliest) ? now : earliest;
  }

  /** Tells why nothing was applied, or that it was after all: somebody may have completed it. */
  private PublishResult failed(
      long number, Publication publication, Head base, RuntimeException failure) {
    AfterFailure after = afterFailure(number, failure);
    if (after.committed()) {
      return new PublishResult.Published(
          log.find(number).flatMap(AttemptLog.Entry::record).orElseThrow().revision());
    }
    Head now = after.head();
    return switch (failure) {
      case Deadline.Passed late when now.hash().equals(base.hash()) ->
          new PublishResult.Refused(List.of(tooLate(late, now)));
      case Deadline.Passed overtaken -> moved(now, publication.changes());
      case StoreException.Unavailable down ->
          throw new StoreException.Unavailable(
              "nothing was applied, revision "
                  + now.revision()
                  + " is in force: "
                  + down.getMessage(),
              down);
      default -> throw failure;
    };
  }

  private Refusal tooLate(Deadline.Passed late, Head now) {
    return new Refusal(
        "too-late",
        "publishing took longer than "
            + patience.toSeconds()
            + " s, until "
            + late.at().truncatedTo(ChronoUnit.SECONDS)
            + ", and was given up: nothing was applied and revision "
            + now.revision()
            + " is in force; publish again",
        null);
  }

  /** What became of an attempt that failed: if it did not commit, it never will. */
  private record AfterFailure(Head head, boolean committed) {}

  private AfterFailure afterFailure(long number, RuntimeException failure) {
    try {
      boolean voided = head.declareVoid(number);
      if (voided) {
        log.markVoid(number);
      }
      Head now = head.read();
      return new AfterFailure(now, !voided && log.isCommitted(number, now));
    } catch (StoreException.Unavailable again) {
      again.addSuppressed(failure);
      throw new StoreException.OutcomeUnknown(number, again);
    }
  }

  private void giveUp(long number) {
    head.declareVoid(number);
    log.markVoid(number);
  }
}
