package dev.grantway.usage;

import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageDay;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;

/**
 * The calls to one stage in a period, put together from what logs tell. Of a day that access logs
 * tell of, only they count: decision lines of the same calls would count them again.
 */
public final class Use {
  private final LocalDate from;
  private final LocalDate to;
  private final Set<LocalDate> told = new HashSet<>();
  private final boolean everyCall;
  private final List<RouteCalls> rows;
  private final Map<String, List<RouteCalls>> byRoute = new HashMap<>();

  /** Who calls where. */
  private record Place(String route, SortedSet<RoleName> roles) {}

  /**
   * @param days of one stage
   * @param from the first day of the period (UTC)
   * @param to the last one
   */
  public Use(Collection<UsageDay> days, LocalDate from, LocalDate to) {
    this.from = from;
    this.to = to;
    var counting = new TreeMap<LocalDate, List<UsageDay>>();
    for (UsageDay day : days) {
      if (!day.day().isBefore(from) && !day.day().isAfter(to)) {
        counting.computeIfAbsent(day.day(), it -> new ArrayList<>()).add(day);
      }
    }
    var sums = new LinkedHashMap<Place, RouteCalls>();
    boolean every = true;
    for (List<UsageDay> sources : counting.values()) {
      boolean access = sources.stream().anyMatch(it -> it.kind() == UsageDay.Kind.ACCESS);
      every &= access;
      sources.stream()
          .filter(it -> !access || it.kind() == UsageDay.Kind.ACCESS)
          .flatMap(it -> it.rows().stream())
          .map(RouteCalls::of)
          .forEach(row -> sums.merge(new Place(row.route(), row.roles()), row, RouteCalls::and));
    }
    told.addAll(counting.keySet());
    everyCall = every;
    rows = List.copyOf(sums.values());
    rows.forEach(row -> byRoute.computeIfAbsent(row.route(), it -> new ArrayList<>()).add(row));
  }

  /** Each route and set of roles once. */
  public List<RouteCalls> rows() {
    return rows;
  }

  /** How many days the period has. */
  public int days() {
    return Math.toIntExact(to.toEpochDay() - from.toEpochDay() + 1);
  }

  /** Of how many of them a log tells; whether it lost lines of that day cannot be told. */
  public int daysTold() {
    return told.size();
  }

  /** True if a log tells of every day: then what is not there was not called, as far as they go. */
  public boolean isComplete() {
    return daysTold() == days();
  }

  /** False if days are told of by decision lines alone, which miss calls answered from caches. */
  public boolean isEveryCall() {
    return everyCall;
  }

  /**
   * What callers did who hold a role, directly or by inheritance.
   *
   * @param calls that were let through
   * @param last of those; none without any
   */
  public record Calls(long calls, Optional<Instant> last) {}

  /**
   * The calls to a route by callers who hold a role.
   *
   * @param route as in {@link RouteCalls#route}
   */
  public Calls calls(RoleGraph graph, RoleName role, String route) {
    long calls = 0;
    Optional<Instant> last = Optional.empty();
    for (RouteCalls row : byRoute.getOrDefault(route, List.of())) {
      boolean holds = role.equals(RoleName.AUTHENTICATED) || holds(graph, row.roles(), role);
      if (holds && row.allowed() > 0) {
        calls += row.allowed();
        last = last.filter(it -> it.isAfter(row.last())).or(() -> Optional.of(row.last()));
      }
    }
    return new Calls(calls, last);
  }

  private static boolean holds(RoleGraph graph, SortedSet<RoleName> direct, RoleName role) {
    return direct.contains(role) || graph.closure(direct).contains(role);
  }

  /** What was denied by policy data, the most often first. */
  public List<RouteCalls> refused() {
    return rows.stream()
        .filter(row -> row.refused() > 0)
        .sorted(
            Comparator.comparingLong(RouteCalls::refused)
                .reversed()
                .thenComparing(RouteCalls::route))
        .toList();
  }

  /** What one caller did, by pseudonym; of rows with many callers, only those told apart. */
  public List<RouteCalls> of(String caller) {
    return rows.stream().filter(row -> row.callers().contains(caller)).toList();
  }
}
