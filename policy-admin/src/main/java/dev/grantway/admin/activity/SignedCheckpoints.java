package dev.grantway.admin.activity;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.Checkpoint;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Tip;
import dev.grantway.revision.Revision;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.Head;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes checkpoints, signs them, and copies them outside. Safe for use by many threads. */
public final class SignedCheckpoints implements Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(SignedCheckpoints.class);

  /** By how much the clocks of processes may differ: so far before the last one tips are read. */
  private static final Duration MARGIN = Duration.ofHours(1);

  private static final Duration LOOK_AGAIN = Duration.ofMinutes(1);
  private static final int COPIES = 200;

  private final ActivityLog log;
  private final PolicyRepository policy;
  private final SignedCheckpoint.@Nullable Signer signer;
  private final Set<String> earlier;
  private final CheckpointCopies copies;
  private final Clock clock;
  private final ReentrantLock turn = new ReentrantLock();
  private @Nullable Head seen;
  private volatile Optional<Restored> found = Optional.empty();
  private Instant looked = Instant.EPOCH;
  private boolean isNoted;
  private volatile boolean isCopied;

  /**
   * Over one table.
   *
   * @param signer null: none are taken
   * @param earlier the public keys that signed here before
   */
  SignedCheckpoints(
      ActivityLog log,
      PolicyRepository policy,
      SignedCheckpoint.@Nullable Signer signer,
      Set<String> earlier,
      CheckpointCopies copies,
      Clock clock) {
    this.log = log;
    this.policy = policy;
    this.signer = signer;
    this.earlier = Set.copyOf(earlier);
    this.copies = copies;
    this.clock = clock;
  }

  @Override
  public Optional<String> take() {
    turn.lock();
    try {
      note(look());
      SignedCheckpoint.Signer with = signer;
      if (with != null) {
        copyOutside();
        next().ifPresent(checkpoint -> log.add(SignedCheckpoint.sign(checkpoint, with)));
        copyOutside();
      }
      return Optional.empty();
    } catch (StoreException | IOException | UncheckedIOException | IllegalArgumentException e) {
      LOG.warn("the checkpoint is left for the next time: {}", e.getMessage());
      return Optional.of(String.valueOf(e.getMessage()));
    } finally {
      turn.unlock();
    }
  }

  /** What a checkpoint would say now; none if that is what the last one said. */
  private Optional<Checkpoint> next() throws IOException {
    Optional<SignedCheckpoint> signed = log.lastCheckpoint();
    Optional<Checkpoint> last = signed.map(SignedCheckpoint::checkpoint);
    SortedMap<String, Tip> tips =
        log.tips(last.map(it -> it.at().minus(MARGIN)).orElse(Instant.EPOCH));
    Head head = policy.head();
    boolean nothingNew =
        last.filter(it -> it.revisionHash().equals(head.hash()))
            .filter(it -> it.chains().entrySet().containsAll(tips.entrySet()))
            .isPresent();
    if (nothingNew) {
      return Optional.empty();
    }
    long lastCopy =
        copies.newest(1).stream().mapToLong(it -> it.checkpoint().number()).findFirst().orElse(0);
    return Optional.of(
        new Checkpoint(
            Math.max(lastCopy, last.map(Checkpoint::number).orElse(0L)) + 1,
            after(last.map(Checkpoint::at).orElse(Instant.EPOCH)),
            head.revision(),
            head.hash(),
            tips,
            signed.map(SignedCheckpoint::hash).orElse(Revision.NO_HASH)));
  }

  private Instant after(Instant last) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    return now.isAfter(last) ? now : last.plusMillis(1);
  }

  /** Also those that another process took, or that could not be copied when they were taken. */
  private void copyOutside() throws IOException {
    long last =
        copies.newest(1).stream().mapToLong(it -> it.checkpoint().number()).findFirst().orElse(0);
    for (SignedCheckpoint it : log.checkpoints(last + 1)) {
      copies.copy(it);
    }
    isCopied = !copies.newest(1).isEmpty();
  }

  @Override
  public boolean isCopied() {
    return isCopied;
  }

  /** No page waits while somebody else looks, or looks itself more often than once a minute. */
  @Override
  public Optional<Restored> restored() {
    if (turn.tryLock()) {
      try {
        Instant now = clock.instant();
        if (!now.isBefore(looked.plus(LOOK_AGAIN)) || now.isBefore(looked)) {
          look();
        }
      } catch (StoreException | IOException | IllegalArgumentException e) {
        LOG.warn("whether the table was restored is not known: {}", e.getMessage());
      } finally {
        turn.unlock();
      }
    }
    return found;
  }

  @Override
  public Set<String> keys() {
    var keys = new HashSet<>(earlier);
    SignedCheckpoint.Signer with = signer;
    if (with != null) {
      keys.add(with.key());
    }
    return keys;
  }

  @Override
  public List<SignedCheckpoint> copies() {
    turn.lock();
    try {
      return copies.newest(Integer.MAX_VALUE);
    } catch (IOException unreadable) {
      throw new StoreException.Unavailable(
          "the copies of checkpoints cannot be read: " + unreadable.getMessage(), unreadable);
    } finally {
      turn.unlock();
    }
  }

  private Optional<Restored> look() throws IOException {
    looked = clock.instant();
    Head head = policy.head();
    Optional<Restored> outside = lostOutside(head);
    found = outside.isPresent() ? outside : lostSight(head);
    return found;
  }

  /** Head as this process saw it last must be head still, or in the chain. */
  private Optional<Restored> lostSight(Head head) {
    Head before = seen;
    if (before != null && !holds(head, before.revision(), before.hash())) {
      return Optional.of(new Restored(0, before.revision(), before.at(), head.revision()));
    }
    seen = head;
    return Optional.empty();
  }

  /** The newest copy outside that the table does not hold. */
  private Optional<Restored> lostOutside(Head head) throws IOException {
    List<SignedCheckpoint> kept = copies.newest(COPIES);
    if (kept.isEmpty()) {
      return Optional.empty();
    }
    Map<Long, String> here = new HashMap<>();
    log.checkpoints(kept.getFirst().checkpoint().number())
        .forEach(it -> here.put(it.checkpoint().number(), it.hash()));
    return kept.reversed().stream()
        .filter(it -> !it.hash().equals(here.get(it.checkpoint().number())))
        .findFirst()
        .map(SignedCheckpoint::checkpoint)
        .map(it -> new Restored(it.number(), it.revision(), it.at(), head.revision()));
  }

  private boolean holds(Head head, long revision, String hash) {
    return revision == 0
        || (head.revision() == revision
            ? head.hash().equals(hash)
            : policy.revision(revision).map(Revision::hash).filter(hash::equals).isPresent());
  }

  /** Said once by each process, and in the table too. */
  private void note(Optional<Restored> what) {
    if (what.isEmpty() || isNoted) {
      return;
    }
    Restored it = what.get();
    LOG.warn(
        "the table lacks what it held at {}, when revision {} was live: it was restored, or records"
            + " were removed; see docs/audit.md",
        it.at(),
        it.revision());
    log.append(
        ActivityEntry.clipped(
            Activity.SYSTEM,
            ActivityKind.RESTORE_NOTICED,
            "revision " + it.revision(),
            Map.of(
                "at", it.at().toString(),
                "checkpoint", Long.toString(it.checkpoint()),
                "head", Long.toString(it.head()))));
    isNoted = true;
  }
}
