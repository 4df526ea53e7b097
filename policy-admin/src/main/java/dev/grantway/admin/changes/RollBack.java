package dev.grantway.admin.changes;

import dev.grantway.revision.Change;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.StampedRow;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What would make policy data as they were in an older revision (REV-05). */
final class RollBack {
  private static final int PAGE = 500;

  private final PolicyRepository repository;

  RollBack(PolicyRepository repository) {
    this.repository = repository;
  }

  /** The changes, from head on; none if that revision was never one. */
  Optional<List<Change>> to(long number) {
    AsOf live = repository.live();
    Optional<AsOf> then = number < 1 ? Optional.empty() : repository.asOf(number);
    if (then.isEmpty()) {
      return Optional.empty();
    }
    // The row as the first revision after that one found it is the row as it was then.
    var before = new TreeMap<RowKey, Optional<PolicyRow>>();
    long at = live.revision();
    while (at > number) {
      Revision revision = repository.revision(at).orElseThrow();
      String cursor = "";
      do {
        Page<LoggedChange> page = repository.changes(at, cursor, PAGE);
        page.items().forEach(it -> before.put(it.change().key(), it.change().before()));
        cursor = page.next().orElse("");
      } while (!cursor.isEmpty());
      at = revision.base();
    }
    // Asked last: what retention passed by meanwhile is refused.
    then.get().rules();
    return Optional.of(
        before.entrySet().stream()
            .flatMap(
                entry ->
                    change(
                        entry.getKey(),
                        live.row(entry.getKey()).map(StampedRow::row).orElse(null),
                        entry.getValue().orElse(null))
                        .stream())
            .toList());
  }

  private static Optional<Change> change(
      RowKey key, @Nullable PolicyRow now, @Nullable PolicyRow then) {
    boolean same = now == null ? then == null : now.equals(then);
    return same ? Optional.empty() : Optional.of(new Change(key, now, then));
  }
}
