package dev.grantway.report;

import dev.grantway.revision.Revision;
import dev.grantway.store.StampedPermission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;

/** Who made the revisions that permissions were last changed by; each record is read once. */
final class Changes {
  private final LongFunction<Optional<Revision>> records;
  private final Map<Long, GrantRow.Changed> known = new HashMap<>();

  Changes(LongFunction<Optional<Revision>> records) {
    this.records = records;
  }

  /** The newest change of one of them. */
  GrantRow.Changed last(List<StampedPermission> permissions) {
    long newest = permissions.stream().mapToLong(StampedPermission::since).max().orElse(0);
    return known.computeIfAbsent(newest, this::read);
  }

  private GrantRow.Changed read(long number) {
    return records
        .apply(number)
        .map(it -> new GrantRow.Changed(it.operator(), Optional.of(it.at()), number))
        .orElseGet(() -> new GrantRow.Changed("", Optional.empty(), number));
  }
}
