package dev.grantway.store;

import dev.grantway.policy.ApiId;
import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;

/** Days that nothing outlives. */
final class InMemoryUsageLog implements UsageLog {
  private final ConcurrentSkipListMap<String, UsageDay> days = new ConcurrentSkipListMap<>();

  @Override
  public void put(UsageDay it) {
    days.put(
        String.join(
            "#", it.api().value(), it.stage(), it.day() + "", it.kind().name(), it.source()),
        it);
  }

  @Override
  public List<UsageDay> days(ApiId api, String stage, LocalDate from, LocalDate to) {
    return days.values().stream()
        .filter(it -> it.api().equals(api) && it.stage().equals(stage))
        .filter(it -> !it.day().isBefore(from) && !it.day().isAfter(to))
        .toList();
  }
}
