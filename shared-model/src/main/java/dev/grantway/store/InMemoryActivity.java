package dev.grantway.store;

import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Tip;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** An activity log that nothing outlives: for tests. */
public final class InMemoryActivity implements ActivityLog {
  private final List<ActivityRecord> records = new ArrayList<>();
  private final List<SignedCheckpoint> checkpoints = new ArrayList<>();
  private final ActivityChain chain;

  public InMemoryActivity(Clock clock) {
    this.chain = new ActivityChain(clock, this::store);
  }

  private synchronized void store(ActivityRecord record) {
    records.add(record);
  }

  /** Every record, oldest first. */
  public synchronized List<ActivityRecord> all() {
    return List.copyOf(records);
  }

  @Override
  public ActivityRecord append(ActivityEntry entry) {
    return chain.append(entry);
  }

  @Override
  public synchronized List<LocalDate> days() {
    return records.stream()
        .map(record -> day(record.at()))
        .distinct()
        .sorted(Comparator.reverseOrder())
        .toList();
  }

  private static LocalDate day(Instant at) {
    return LocalDate.ofInstant(at, ZoneOffset.UTC);
  }

  @Override
  public synchronized Page<ActivityRecord> records(LocalDate day, String after, int limit) {
    long before = after.isEmpty() ? Long.MAX_VALUE : Long.parseLong(after);
    List<ActivityRecord> older =
        records.reversed().stream()
            .filter(it -> day(it.at()).equals(day) && it.seq() < before)
            .toList();
    List<ActivityRecord> items = older.subList(0, Math.min(limit, older.size()));
    return new Page<>(
        items, older.size() > items.size() ? Long.toString(items.getLast().seq()) : null);
  }

  @Override
  public synchronized SortedMap<String, Tip> tips(Instant since) {
    var tips = new TreeMap<String, Tip>();
    for (ActivityRecord record : records) {
      if (!record.at().isBefore(since)) {
        tips.put(record.writer(), new Tip(record.seq(), record.hash()));
      }
    }
    return tips;
  }

  @Override
  public synchronized Optional<SignedCheckpoint> lastCheckpoint() {
    return checkpoints.isEmpty() ? Optional.empty() : Optional.of(checkpoints.getLast());
  }

  @Override
  public synchronized List<SignedCheckpoint> checkpoints(long from) {
    return checkpoints.stream().filter(it -> it.checkpoint().number() >= from).toList();
  }

  @Override
  public synchronized boolean add(SignedCheckpoint checkpoint) {
    long last = lastCheckpoint().map(it -> it.checkpoint().number()).orElse(0L);
    return checkpoint.checkpoint().number() > last && checkpoints.add(checkpoint);
  }
}
