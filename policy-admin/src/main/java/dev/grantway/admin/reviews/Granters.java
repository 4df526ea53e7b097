package dev.grantway.admin.reviews;

import dev.grantway.revision.Draft;
import dev.grantway.revision.Revision;
import dev.grantway.store.PolicyRepository;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Who granted what a revision changed: whoever published it, and whose edits were in the draft.
 * Each revision is read once.
 */
final class Granters {
  private final PolicyRepository repository;
  private final Map<Long, Granted> known = new HashMap<>();

  /** Nobody, and at no time, where there is no record. */
  record Granted(SortedSet<String> by, Optional<Instant> at) {}

  Granters(PolicyRepository repository) {
    this.repository = repository;
  }

  Granted of(long revision) {
    return known.computeIfAbsent(revision, this::read);
  }

  private Granted read(long number) {
    Optional<Revision> record = repository.revision(number);
    var by = new TreeSet<String>();
    record.ifPresent(it -> by.add(it.operator()));
    record
        .map(Revision::draft)
        .filter(draft -> !draft.isEmpty())
        .flatMap(repository.drafts()::find)
        .map(Draft::authors)
        .ifPresent(by::addAll);
    return new Granted(by, record.map(Revision::at));
  }
}
