package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules.Invariant;
import dev.grantway.policy.Rules.Invariant.Claim;
import dev.grantway.resource.ApiType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which invariants of a policy do not hold (CONTRACT, the policy file), from an instant on. Each
 * case is put to the one {@code decide}, over requests, callers and contexts that stand for all
 * there are ({@link Samples}, {@link Circumstances}). Asked are the role sets that principals may
 * hold as far as the policy can tell: each role alone, what each assigned subject, client and group
 * has, and the sets that are handed in. What cannot be looked at whole counts as broken.
 */
public final class Invariants {
  private final Policy policy;
  private final RoleGraph graph;
  private final Instant now;
  private final List<Holder> holders;

  /** One for each API, for all of its invariants; empty where there is too much to look at. */
  private final Map<ApiId, Optional<InvariantSearch>> searches = new HashMap<>();

  private Invariants(Policy policy, Collection<Set<RoleName>> seen, Instant now) {
    this.policy = policy;
    this.graph = policy.graph();
    this.now = now;
    this.holders = holders(policy, seen, now);
  }

  /**
   * Principals that hold the same roles.
   *
   * @param assigned the subject, client or group that it is; empty for any
   */
  record Holder(SortedSet<RoleName> roles, String assigned, String who) {}

  /**
   * Those that do not hold.
   *
   * @param policy at least the APIs that its invariants are about, whole
   * @param seen role sets of principals that called, beyond what the policy itself can tell
   */
  public static List<Finding> of(Policy policy, Collection<Set<RoleName>> seen, Instant now) {
    var invariants = new Invariants(policy, seen, now);
    return policy.rules().invariants().stream()
        .flatMap(invariant -> invariants.broken(invariant).stream())
        .toList();
  }

  private static List<Holder> holders(Policy policy, Collection<Set<RoleName>> seen, Instant now) {
    var holders = new ArrayList<Holder>();
    holders.add(new Holder(new TreeSet<>(), "", "everybody"));
    policy
        .roles()
        .forEach(
            role ->
                holders.add(
                    new Holder(
                        new TreeSet<>(Set.of(role.name())), "", "role `" + role.name() + "`")));
    Assignment.byHolder(policy.assignments(), now)
        .forEach(
            (to, roles) ->
                holders.add(
                    new Holder(
                        roles,
                        to.value(),
                        "%s `%s` of issuer `%s` with roles %s"
                            .formatted(
                                to.kind().toString().toLowerCase(Locale.ROOT),
                                to.value(),
                                to.issuer(),
                                names(roles)))));
    for (Set<RoleName> roles : seen) {
      var sorted = new TreeSet<>(roles);
      holders.add(new Holder(sorted, "", "a caller with roles " + names(sorted)));
    }
    holders.sort(Comparator.comparingInt(holder -> holder.roles().size()));
    return holders;
  }

  private static String names(Collection<RoleName> roles) {
    return roles.stream().map(role -> "`" + role + "`").collect(Collectors.joining(", "));
  }

  private List<Finding> broken(Invariant invariant) {
    Optional<Api> api = policy.api(invariant.api());
    if (api.isEmpty()) {
      return invariant.claim() instanceof Claim.Always(var role, var request)
          ? List.of(InvariantSearch.unserved(invariant.name(), alone(role), request))
          : List.of();
    }
    return searches
        .computeIfAbsent(invariant.api(), _ -> search(api.get()))
        .map(search -> broken(invariant, api.get().type(), search))
        .orElseGet(() -> List.of(InvariantSearch.notProved(invariant.name(), holders.getFirst())));
  }

  private Optional<InvariantSearch> search(Api api) {
    List<InvariantSearch.Target> targets =
        policy.rules().invariants().stream()
            .filter(invariant -> invariant.api().equals(api.id()))
            .flatMap(it -> InvariantSearch.targets(it.claim(), api.type()).stream())
            .toList();
    return InvariantSearch.of(api, policy.permissions(), graph, targets, now);
  }

  private List<Finding> broken(Invariant invariant, ApiType type, InvariantSearch search) {
    String name = invariant.name();
    List<InvariantSearch.Target> targets = InvariantSearch.targets(invariant.claim(), type);
    InvariantSearch.Target first = targets.getFirst();
    return switch (invariant.claim()) {
      case Claim.NeverBoth _ ->
          each(invariant, holders, holder -> search.both(name, holder, targets));
      case Claim.NeverRole(var role, var _, var _) ->
          each(invariant, List.of(alone(role)), holder -> search.allowed(name, holder, first));
      case Claim.Always(var role, var request) ->
          search.isServed(first)
              ? each(invariant, with(role), holder -> search.refused(name, holder, first))
              : List.of(InvariantSearch.unserved(name, alone(role), request));
    };
  }

  /** The role alone, also one that is not in the policy, and whoever holds it among others. */
  private List<Holder> with(RoleName role) {
    return Stream.concat(
            Stream.of(alone(role)),
            holders.stream().filter(holder -> holder.roles().contains(role)))
        .toList();
  }

  private static Holder alone(RoleName role) {
    return new Holder(new TreeSet<>(Set.of(role)), "", "role `" + role + "`");
  }

  /** Fewest roles first; who has more than somebody that was found is not told of as well. */
  private List<Finding> each(
      Invariant invariant,
      List<Holder> asked,
      Function<Holder, Optional<Finding.BrokenInvariant>> search) {
    var found = new ArrayList<Finding.BrokenInvariant>();
    var done = new ArrayList<Set<RoleName>>();
    for (Holder holder : asked) {
      if (!isExcepted(invariant, holder) && !done.contains(holder.roles())) {
        done.add(holder.roles());
        Set<RoleName> closure = graph.closure(holder.roles());
        boolean told = found.stream().anyMatch(it -> closure.containsAll(it.roles()));
        if (!told) {
          search.apply(holder).ifPresent(found::add);
        }
      }
    }
    return List.copyOf(found);
  }

  private static boolean isExcepted(Invariant invariant, Holder holder) {
    return invariant.except().contains(holder.assigned())
        || holder.roles().stream().anyMatch(role -> invariant.except().contains(role.value()));
  }
}
