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
import java.util.stream.Stream;

/**
 * The calls to one stage in a period, put together from what logs tell. Of a day that access logs
 * tell of, only they count: decision lines of the same calls would count them again.
 */
public final class Use {
  private final LocalDate from;
  private final LocalDate to;
  private final Set<LocalDate> told = new HashSet<>();
  private final boolean everyCall;
  private final long unreadable;
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
    long broken = 0;
    for (List<UsageDay> sources : counting.values()) {
      boolean access = sources.stream().anyMatch(it -> it.kind() == UsageDay.Kind.ACCESS);
      every &= access;
      for (UsageDay source : sources) {
        if (!access || source.kind() == UsageDay.Kind.ACCESS) {
          broken += source.unreadable();
          source.rows().stream()
              .map(RouteCalls::of)
              .forEach(
                  row -> sums.merge(new Place(row.route(), row.roles()), row, RouteCalls::and));
        }
      }
    }
    told.addAll(counting.keySet());
    everyCall = every;
    unreadable = broken;
    rows = List.copyOf(sums.values());
    rows.forEach(row -> byRoute.computeIfAbsent(row.route(), it -> new ArrayList<>()).add(row));
  }

  /** Each route and set of roles once. */
  public List<RouteCalls> rows() {
    return rows;
  }

  /** How complete the logs are. */
  public Told told() {
    return new Told(
        Math.toIntExact(to.toEpochDay() - from.toEpochDay() + 1),
        told.size(),
        everyCall,
        unreadable);
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
    return in(graph).calls(role, route);
  }

  /** The same for many questions under one graph. */
  public Held in(RoleGraph graph) {
    return new Held(graph);
  }

  /** Calls by who held which role; for one thread. */
  public final class Held {
    private final RoleGraph graph;
    private final Map<SortedSet<RoleName>, SortedSet<RoleName>> closures = new HashMap<>();

    private Held(RoleGraph graph) {
      this.graph = graph;
    }

    /** What the calls are of. */
    public Use use() {
      return Use.this;
    }

    /** The calls to a route by callers who hold a role. */
    public Calls calls(RoleName role, String route) {
      return sum(byRoute.getOrDefault(route, List.of()).stream(), role);
    }

    /** The calls to any route by callers who hold a role. */
    public Calls calls(RoleName role) {
      return sum(rows.stream(), role);
    }

    /** Those of them that one caller is known to have made. */
    public Calls callsOf(String caller, RoleName role) {
      return sum(rows.stream().filter(row -> row.callers().contains(caller)), role);
    }

    /** Whether callers of a role could not all be told apart. */
    public boolean hides(RoleName role) {
      return rows.stream().anyMatch(row -> row.moreCallers() && holds(row.roles(), role));
    }

    private Calls sum(Stream<RouteCalls> some, RoleName role) {
      long calls = 0;
      Instant last = Instant.MIN;
      for (RouteCalls row : (Iterable<RouteCalls>) some::iterator) {
        if (row.allowed() > 0 && holds(row.roles(), role)) {
          calls += row.allowed();
          last = last.isAfter(row.last()) ? last : row.last();
        }
      }
      return new Calls(calls, calls == 0 ? Optional.empty() : Optional.of(last));
    }

    private boolean holds(SortedSet<RoleName> direct, RoleName role) {
      return role.equals(RoleName.AUTHENTICATED)
          || direct.contains(role)
          || closures.computeIfAbsent(direct, graph::closure).contains(role);
    }
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
