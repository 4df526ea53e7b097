package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.Reach;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Finds permissions that one permission can stand for: the same pattern with several methods, or
 * everything below a path. What it suggests covers exactly the samples that the role's permissions
 * of the same effect, stage, condition and validity cover already, and all of those it replaces; so
 * access is the same over the route table.
 */
final class Compaction {
  /** A pattern that ends with {@code **} also covers routes to come: it has to be worth it. */
  private static final int WORTH_A_SUBTREE = 3;

  private final Api api;
  private final ApiPermissions all;
  private final Samples samples;
  private final ByFirstSegment<Route> routes;
  private final Map<Route, List<Integer>> samplesOf = new HashMap<>();
  private final List<Candidate> subtrees;

  private Compaction(Api api, ApiPermissions all) {
    this.api = api;
    this.all = all;
    this.samples = all.samples();
    this.routes = new ByFirstSegment<>(api.routes().routes(), route -> route.template().segments());
    for (int i = 0; i < samples.size(); i++) {
      Route route = samples.at(i).route();
      if (route != null) {
        samplesOf.computeIfAbsent(route, key -> new ArrayList<>()).add(i);
      }
    }
    this.subtrees = subtrees();
  }

  /** Permissions that differ in pattern and methods only. */
  private record Like(
      RoleName role, Effect effect, StageScope stage, Condition condition, Validity validity) {
    static Like of(Permission permission) {
      return new Like(
          permission.role(),
          permission.effect(),
          permission.stage(),
          permission.condition(),
          permission.validity());
    }
  }

  /** What may stand for others. */
  private record Candidate(ResourcePattern resource, BitSet covers, boolean subtree) {}

  /** A candidate with methods, and those it stands for. */
  private record Fit(Candidate candidate, Set<Action> methods, List<Integer> members) {}

  static List<Finding> of(Api api, ApiPermissions permissions, BitSet standing) {
    var search = new Compaction(api, permissions);
    var groups = new LinkedHashMap<Like, List<Integer>>();
    standing.stream()
        .filter(
            number ->
                permissions.at(number).resource().segments().stream()
                    .noneMatch(Segment.Claim.class::isInstance))
        .forEach(
            number ->
                groups
                    .computeIfAbsent(Like.of(permissions.at(number)), key -> new ArrayList<>())
                    .add(number));
    return groups.values().stream().flatMap(group -> search.findings(group).stream()).toList();
  }

  private List<Finding> findings(List<Integer> group) {
    var findings = new ArrayList<Finding>();
    var left = new ArrayList<>(group);
    BitSet covered = covered(group);
    List<Candidate> near = subtrees.stream().filter(it -> it.covers().intersects(covered)).toList();
    while (left.size() > 1) {
      Optional<Fit> best = best(left, near);
      if (best.isEmpty()) {
        break;
      }
      findings.add(finding(best.get()));
      left.removeAll(Set.copyOf(best.get().members()));
    }
    return findings;
  }

  private Optional<Fit> best(List<Integer> group, List<Candidate> near) {
    BitSet covered = covered(group);
    var fits = new ArrayList<Fit>();
    patterns(group)
        .forEach((candidate, methods) -> fit(candidate, methods, group).ifPresent(fits::add));
    for (Candidate candidate : near) {
      if (candidate.covers().intersects(covered)) {
        fit(candidate, methods(candidate, covered), group).ifPresent(fits::add);
      }
    }
    return fits.stream()
        .max(
            Comparator.comparingInt((Fit fit) -> fit.members().size())
                .thenComparing(fit -> !fit.candidate().subtree())
                .thenComparingInt(fit -> -fit.candidate().covers().cardinality())
                .thenComparing(fit -> fit.candidate().resource().toString()));
  }

  private Optional<Fit> fit(Candidate candidate, Set<Action> methods, List<Integer> group) {
    BitSet covers = with(candidate.covers(), methods);
    List<Integer> members = group.stream().filter(number -> isInside(number, covers)).toList();
    int worth = candidate.subtree() ? WORTH_A_SUBTREE : 2;
    return members.size() < worth
        ? Optional.empty()
        : Optional.of(new Fit(candidate, methods, members));
  }

  /** The group's patterns, each with the methods that the permissions of that very pattern have. */
  private Map<Candidate, Set<Action>> patterns(List<Integer> group) {
    var distinct = new LinkedHashMap<List<String>, ResourcePattern>();
    var methods = new HashMap<List<String>, Set<Action>>();
    for (int number : group) {
      Permission one = all.at(number);
      List<String> shape = one.resource().shape();
      distinct.putIfAbsent(shape, one.resource());
      methods.computeIfAbsent(shape, key -> EnumSet.noneOf(Action.class)).addAll(one.actions());
    }
    Set<Action> every = EnumSet.allOf(Action.class);
    var patterns = new LinkedHashMap<Candidate, Set<Action>>();
    distinct.forEach(
        (shape, pattern) ->
            patterns.put(
                new Candidate(pattern, samples.cover(pattern, every).surely(), false),
                methods.getOrDefault(shape, Set.of())));
    return patterns;
  }

  /** The methods with which everything that the candidate covers is covered already. */
  private Set<Action> methods(Candidate candidate, BitSet covered) {
    var methods = EnumSet.noneOf(Action.class);
    var missing = EnumSet.noneOf(Action.class);
    candidate.covers().stream()
        .forEach(
            sample -> (covered.get(sample) ? methods : missing).add(samples.at(sample).action()));
    methods.removeAll(missing);
    return methods;
  }

  /**
   * Everything below each beginning of a route's path, where that is a union of whole routes: so it
   * needs no samples of its own.
   */
  private List<Candidate> subtrees() {
    var candidates = new LinkedHashMap<List<String>, Candidate>();
    for (Route route : api.routes().routes()) {
      List<Segment> segments = route.template().segments();
      int fixed = segments.size() - (route.template().isGreedy() ? 1 : 0);
      for (int length = 0; length <= fixed && !isRouteKey(route); length++) {
        var below = new ArrayList<>(segments.subList(0, length));
        below.add(new Segment.Subtree());
        var pattern = new ResourcePattern(false, below);
        if (!candidates.containsKey(pattern.shape())) {
          candidate(pattern).ifPresent(found -> candidates.put(pattern.shape(), found));
        }
      }
    }
    return List.copyOf(candidates.values());
  }

  private static boolean isRouteKey(Route route) {
    return route.actions().contains(Action.CONNECT);
  }

  private Optional<Candidate> candidate(ResourcePattern pattern) {
    var whole = new ArrayList<Route>();
    for (int number : routes.near(pattern.segments())) {
      Route route = routes.at(number);
      switch (Reach.of(pattern, route.template())) {
        case WHOLE -> whole.add(route);
        case PART -> {
          return Optional.empty();
        }
        case NONE -> {}
      }
    }
    var covers = new BitSet();
    for (Route route : whole) {
      for (int sample : samplesOf.getOrDefault(route, List.of())) {
        covers.set(sample, covers(pattern, sample, route));
      }
    }
    return Optional.of(new Candidate(pattern, covers, true));
  }

  private boolean covers(ResourcePattern pattern, int sample, Route route) {
    return pattern.covers(
        api.routes().asRouted(samples.at(sample).path()), route.template(), ClaimBinding.NONE);
  }

  private BitSet with(BitSet covers, Set<Action> methods) {
    var with = new BitSet();
    covers.stream()
        .filter(sample -> methods.contains(samples.at(sample).action()))
        .forEach(with::set);
    return with;
  }

  private BitSet covered(Collection<Integer> group) {
    var covered = new BitSet();
    group.forEach(number -> covered.or(all.cover(number).surely()));
    return covered;
  }

  private boolean isInside(int number, BitSet covers) {
    BitSet covered = all.cover(number).surely();
    int bit = all.first(number);
    while (bit >= 0 && covers.get(bit)) {
      bit = covered.nextSetBit(bit + 1);
    }
    return bit < 0;
  }

  private Finding finding(Fit fit) {
    var ids = new TreeSet<PermissionId>();
    fit.members().forEach(number -> ids.add(all.at(number).id()));
    Permission first = all.at(fit.members().getFirst());
    return new Finding.Compact(
        first.role(),
        ids,
        first.effect(),
        new TreeSet<>(fit.methods()),
        fit.candidate().resource(),
        fit.candidate().subtree());
  }
}
