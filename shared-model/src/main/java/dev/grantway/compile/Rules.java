package dev.grantway.compile;

import dev.grantway.decision.Applicability;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Everything that looks at a path when it is routed and decided, as far as a path has come: the
 * proof's own reading of templates and patterns, all of them at once.
 */
final class Rules {
  private final int rules;
  private final BitSet routes = new BitSet();
  private final BitSet allowing = new BitSet();
  private final List<Place> places = new ArrayList<>();

  /** What the rules have at one depth. */
  private static final class Place {
    private final Map<String, BitSet> literals = new HashMap<>();
    private final BitSet variables = new BitSet();
    private final BitSet greedy = new BitSet();
    private final BitSet subtrees = new BitSet();
  }

  /**
   * How far the rules have come.
   *
   * @param inside those of which every segment so far was the one at its place
   * @param emptyTail those whose greedy variable has taken one empty segment, which alone it cannot
   *     be
   * @param anything those that match whatever follows
   */
  record Reached(BitSet inside, BitSet emptyTail, BitSet anything) {}

  private Rules(Map<List<Segment>, Set<Use>> usesByRule) {
    this.rules = usesByRule.size();
    int rule = -1;
    for (Map.Entry<List<Segment>, Set<Use>> each : usesByRule.entrySet()) {
      List<Segment> segments = each.getKey();
      Set<Use> uses = each.getValue();
      rule++;
      routes.set(rule, uses.contains(Use.ROUTE));
      allowing.set(rule, uses.contains(Use.ALLOW));
      for (int depth = 0; depth < segments.size(); depth++) {
        place(depth, rule, segments.get(depth));
      }
    }
  }

  /** What a rule is good for. */
  private enum Use {
    /** It takes paths to a route that is proved. */
    ROUTE,
    ALLOW,
    OTHER
  }

  private void place(int depth, int rule, Segment segment) {
    while (places.size() <= depth) {
      places.add(new Place());
    }
    Place place = places.get(depth);
    switch (segment) {
      case Segment.Literal(var text) ->
          place.literals.computeIfAbsent(text, literal -> new BitSet()).set(rule);
      case Segment.Variable variable -> place.variables.set(rule);
      case Segment.Greedy greedy -> place.greedy.set(rule);
      case Segment.Subtree subtree -> place.subtrees.set(rule);
      case Segment.Claim claim -> {} // bound to nothing, and so it matches nothing
    }
  }

  /**
   * @param only the route that is proved; null for all of them
   */
  static Rules of(
      CompileRequest request, Collection<Permission> permissions, @Nullable Route only) {
    var rules = new LinkedHashMap<List<Segment>, Set<Use>>();
    if (request.api().routes().isEmpty()) {
      add(rules, only == null ? everything() : everything(only), ClaimBinding.NONE, Use.ROUTE);
    }
    for (Route route : request.api().routes().routes()) {
      boolean proved = only == null || route.template().sameShape(only.template());
      add(rules, everything(route), ClaimBinding.NONE, proved ? Use.ROUTE : Use.OTHER);
    }
    for (Permission permission : permissions) {
      if (!permission.resource().routeKey()) {
        add(
            rules,
            permission.resource().segments(),
            Applicability.binding(permission.effect(), request.request().principal()),
            permission.effect() == Effect.ALLOW ? Use.ALLOW : Use.OTHER);
      }
    }
    return new Rules(rules);
  }

  private static List<Segment> everything() {
    return ResourcePattern.parse("/**").segments();
  }

  private static List<Segment> everything(Route route) {
    return route.template().kind() == Template.Kind.DEFAULT
        ? everything()
        : route.template().segments();
  }

  private static void add(
      Map<List<Segment>, Set<Use>> rules, List<Segment> segments, ClaimBinding claims, Use use) {
    rules.computeIfAbsent(unnamed(segments, claims), rule -> new HashSet<>()).add(use);
  }

  /** The same whatever variables are called, so that equal rules are walked once. */
  private static List<Segment> unnamed(List<Segment> segments, ClaimBinding claims) {
    var unnamed = new ArrayList<Segment>();
    for (Segment segment : segments) {
      unnamed.add(
          switch (segment) {
            case Segment.Variable variable -> new Segment.Variable("p");
            case Segment.Greedy greedy -> new Segment.Greedy("p");
            case Segment.Claim(var name) -> {
              Optional<String> value = claims.value(name);
              yield value.isPresent()
                  ? new Segment.Literal(value.get())
                  : claims.unboundMatches() ? new Segment.Variable("p") : segment;
            }
            case Segment.Literal literal -> literal;
            case Segment.Subtree subtree -> subtree;
          });
    }
    return unnamed;
  }

  Reached start() {
    var all = new BitSet();
    all.set(0, rules);
    return new Reached(all, new BitSet(), new BitSet());
  }

  /** The literals that rules wait for at that depth. */
  void addLiterals(Reached reached, int depth, Collection<String> to) {
    if (depth < places.size()) {
      places
          .get(depth)
          .literals
          .forEach(
              (text, rulesThere) -> {
                if (rulesThere.intersects(reached.inside)) {
                  to.add(text);
                }
              });
    }
  }

  /** How far the rules come with one more segment. */
  Reached step(Reached before, int depth, String segment) {
    var inside = new BitSet();
    var emptyTail = new BitSet();
    var anything = (BitSet) before.anything.clone();
    anything.or(before.emptyTail);
    if (depth < places.size()) {
      Place place = places.get(depth);
      BitSet literal = place.literals.get(segment);
      if (literal != null) {
        inside.or(literal);
      }
      BitSet greedy = (BitSet) before.inside.clone();
      greedy.and(place.greedy);
      if (segment.isEmpty()) {
        emptyTail = greedy;
      } else {
        inside.or(place.variables);
        anything.or(greedy);
      }
      inside.and(before.inside);
      BitSet subtrees = (BitSet) before.inside.clone();
      subtrees.and(place.subtrees);
      anything.or(subtrees);
    }
    return new Reached(inside, emptyTail, anything);
  }

  /** True if the path may yet become one that is granted on a route that is proved. */
  boolean mayBeGranted(Reached reached) {
    return reaches(reached, routes) && reaches(reached, allowing);
  }

  private static boolean reaches(Reached reached, BitSet wanted) {
    return reached.inside.intersects(wanted)
        || reached.emptyTail.intersects(wanted)
        || reached.anything.intersects(wanted);
  }
}
