package dev.grantway.report;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.store.AsOf;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Page;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everybody to whom the policy gives a role at that instant (SEM-08): by assignments to them, and
 * to groups that a membership list has them in. Assignments and list are held in memory.
 */
final class Principals {
  private static final int PAGE = 500;
  private static final Comparator<Assignment.Holder> ORDER =
      Comparator.comparing(Assignment.Holder::issuer)
          .thenComparing(Assignment.Holder::kind)
          .thenComparing(Assignment.Holder::value);

  private final SortedMap<Assignment.Holder, SortedMap<RoleName, Optional<Instant>>> assigned =
      new TreeMap<>(ORDER);
  private final Map<Assignment.Holder, SortedSet<Assignment.Holder>> groups = new TreeMap<>(ORDER);

  private Principals() {}

  /**
   * Reads them.
   *
   * @param at the instant at which an assignment must not be over
   */
  static Principals of(AsOf then, Optional<MembershipList> list, Instant at) {
    var principals = new Principals();
    String after = "";
    do {
      Page<Assignment> page = then.assignments(after, PAGE);
      page.items().stream().filter(it -> it.isLiveAt(at)).forEach(principals::add);
      after = page.next().orElse("");
    } while (!after.isEmpty());
    list.ifPresent(it -> it.rows().forEach(principals::add));
    return principals;
  }

  private void add(Assignment it) {
    assigned.computeIfAbsent(it.holder(), key -> new TreeMap<>()).put(it.role(), it.until());
  }

  /** Membership in a group that is assigned nothing gives nothing. */
  private void add(Membership it) {
    if (assigned.containsKey(it.through())) {
      groups.computeIfAbsent(it.member(), key -> new TreeSet<>(ORDER)).add(it.through());
    }
  }

  /** By issuer, then subjects, clients and groups, by what they are called. */
  Collection<Assignment.Holder> all() {
    var all = new TreeSet<>(ORDER);
    all.addAll(assigned.keySet());
    all.addAll(groups.keySet());
    return all;
  }

  /** What one of them holds, by role. */
  List<HeldRole> roles(Assignment.Holder of) {
    var ways = new TreeMap<RoleName, List<HeldRole.Way>>();
    add(ways, of, Optional.empty());
    for (Assignment.Holder group : groups.getOrDefault(of, new TreeSet<>(ORDER))) {
      add(ways, group, Optional.of(group.value()));
    }
    return ways.entrySet().stream().map(it -> new HeldRole(it.getKey(), it.getValue())).toList();
  }

  private void add(
      Map<RoleName, List<HeldRole.Way>> ways, Assignment.Holder from, Optional<String> group) {
    assigned
        .getOrDefault(from, new TreeMap<>())
        .forEach(
            (role, until) ->
                ways.computeIfAbsent(role, key -> new ArrayList<>())
                    .add(new HeldRole.Way(group, until)));
  }
}
