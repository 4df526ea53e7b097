package dev.grantway.policy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Which role inherits which, transitively (SEM-07). A cycle is refused, naming it. */
public final class RoleGraph {
  private final Map<RoleName, SortedSet<RoleName>> inherits;

  /** Refuses a cycle; roles that are inherited but not in the policy give nothing. */
  public RoleGraph(Collection<Role> roles) {
    inherits = new LinkedHashMap<>();
    roles.forEach(role -> inherits.put(role.name(), role.inherits()));
    findCycle()
        .ifPresent(
            cycle -> {
              throw new IllegalArgumentException(cycleMessage(cycle));
            });
  }

  /** The roles themselves and everything they inherit. */
  public SortedSet<RoleName> closure(Collection<RoleName> roles) {
    var reached = new TreeSet<RoleName>();
    var open = new ArrayList<>(roles);
    while (!open.isEmpty()) {
      RoleName role = open.removeLast();
      if (reached.add(role)) {
        open.addAll(inherits.getOrDefault(role, new TreeSet<>()));
      }
    }
    return reached;
  }

  /**
   * By which roles one inherits another: the fewest, the first by name among as many; both ends
   * included. Empty where it does not.
   */
  public List<RoleName> path(RoleName from, RoleName to) {
    var before = new LinkedHashMap<RoleName, RoleName>();
    before.put(from, from);
    var open = new ArrayDeque<>(List.of(from));
    while (!open.isEmpty() && !before.containsKey(to)) {
      RoleName role = open.remove();
      for (RoleName next : inherits.getOrDefault(role, new TreeSet<>())) {
        if (before.putIfAbsent(next, role) == null) {
          open.add(next);
        }
      }
    }
    if (!before.containsKey(to)) {
      return List.of();
    }
    var path = new ArrayList<>(List.of(to));
    while (!path.getLast().equals(from)) {
      path.add(Objects.requireNonNull(before.get(path.getLast())));
    }
    return List.copyOf(path.reversed());
  }

  private Optional<List<RoleName>> findCycle() {
    var done = new HashSet<RoleName>();
    for (RoleName start : inherits.keySet()) {
      var cycle = cycleFrom(start, done);
      if (cycle.isPresent()) {
        return cycle;
      }
    }
    return Optional.empty();
  }

  private Optional<List<RoleName>> cycleFrom(RoleName start, Set<RoleName> done) {
    var path = new ArrayList<RoleName>();
    var open = new ArrayList<List<RoleName>>();
    open.add(new ArrayList<>(List.of(start)));
    while (!open.isEmpty()) {
      List<RoleName> siblings = open.getLast();
      if (siblings.isEmpty()) {
        open.removeLast();
        if (!path.isEmpty()) {
          done.add(path.removeLast());
        }
        continue;
      }
      RoleName role = siblings.removeLast();
      int again = path.indexOf(role);
      if (again >= 0) {
        var cycle = new ArrayList<>(path.subList(again, path.size()));
        cycle.add(role);
        return Optional.of(cycle);
      }
      if (!done.contains(role)) {
        path.add(role);
        open.add(new ArrayList<>(inherits.getOrDefault(role, new TreeSet<>())));
      }
    }
    return Optional.empty();
  }

  private static String cycleMessage(List<RoleName> cycle) {
    return "role `"
        + cycle.getFirst()
        + "` inherits itself through "
        + cycle.stream().map(role -> "`" + role + "`").collect(Collectors.joining(" → "))
        + ": remove one of these";
  }
}
