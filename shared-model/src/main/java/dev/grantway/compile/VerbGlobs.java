package dev.grantway.compile;

import static dev.grantway.compile.Token.Wild.MANY;
import static dev.grantway.compile.Token.Wild.ONE;

import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Labels.Label;
import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The granted paths of one verb, in one combination of time and address, as aligned globs: what
 * must be allowed, and what must be denied again of that (COMPILER, lines 16 to 30).
 */
final class VerbGlobs {
  private final World world;
  private final Points points;
  private final Labels labels;
  private final NavigableSet<TokenList> allowed = new TreeSet<>();
  private final SortedSet<TokenList> denied = new TreeSet<>();
  private final SortedSet<TokenList> unroutable = new TreeSet<>();
  private final SortedSet<TokenList> subtrees = new TreeSet<>();
  private final boolean grantsWhole;
  private final SortedSet<TokenList> globs;
  private final ListIndex allowedIndex;
  private final ListIndex deniedIndex;
  private final ListIndex globIndex;
  private final SortedSet<TokenList> fences;
  private final Map<TokenList, Boolean> costs = new HashMap<>();
  private final SortedSet<TokenList> bleed = new TreeSet<>();
  private final NavigableSet<TokenList> openings = new TreeSet<>();

  /** Denied requests that no glob can tell from granted ones, and the granted ones lost by it. */
  record Clash(Action action, Conflict conflict, Set<Route> routes, Set<TokenList> lost) {
    boolean isGap() {
      return conflict.kind() == Conflict.Kind.GAP;
    }
  }

  /**
   * @param wholeSubtrees whether a granted {@code P/**} may stand for its routes
   */
  VerbGlobs(
      World world, Points points, Labels labels, Collection<Grant> grants, boolean wholeSubtrees) {
    this.world = world;
    this.points = points;
    this.labels = labels;
    for (Set<TokenList> ofRoute : points.granted().values()) {
      for (TokenList point : ofRoute) {
        switch (labels.of(point)) {
          case ALLOWED -> allowed.add(point);
          case DENIED -> denied.add(point);
          case UNROUTABLE -> unroutable.add(point);
        }
      }
    }
    denied.addAll(points.others());
    this.allowedIndex = new ListIndex(allowed);
    this.deniedIndex = new ListIndex(denied);
    if (wholeSubtrees && !allowed.isEmpty()) {
      findSubtrees(grants);
    }
    this.grantsWhole =
        wholeSubtrees
            && grants.stream()
                .anyMatch(
                    grant ->
                        grant.effect() == Effect.ALLOW && grant.pattern().toString().equals("/**"));
    var reach = new ArrayList<>(subtrees);
    allowed.forEach(point -> reach.add(point.glob()));
    this.globs = TokenLists.widest(reach);
    this.globIndex = new ListIndex(globs);
    findBleed();
    this.fences = TokenLists.widest(bleed.stream().map(TokenList::glob).toList());
    findOpenings(grants);
  }

  /** What is allowed; no glob in it contains another one. */
  SortedSet<TokenList> allow() {
    return globs;
  }

  boolean allowsNothing() {
    return allowed.isEmpty();
  }

  /** The routes of which something is granted. */
  Set<Route> grantedRoutes() {
    var routes = new LinkedHashSet<Route>();
    allowed.forEach(point -> world.route(point).ifPresent(routes::add));
    return routes;
  }

  /** What has to be denied again, also where that costs granted requests. */
  SortedSet<TokenList> fences() {
    return fences;
  }

  /** What closes paths that no route serves; each costs nothing here. */
  SortedSet<TokenList> openings() {
    return openings;
  }

  /** True if a Deny of that list takes something granted away. */
  boolean costs(TokenList fence) {
    return costs.computeIfAbsent(fence, this::takesSomething);
  }

  private boolean takesSomething(TokenList fence) {
    return subtrees.stream().anyMatch(fence::meets)
        || allowedIndex.near(fence).stream()
            .anyMatch(point -> fence.meet(point).stream().anyMatch(labels::allows));
  }

  /** True if that list has a path in common with something granted, or might have. */
  boolean touches(TokenList list) {
    return subtrees.stream().anyMatch(list::meets) || allowedIndex.meets(list);
  }

  /** The same for whatever begins like the last literal of the list, and what lies below. */
  boolean touchesFolded(TokenList list) {
    return subtrees.stream().anyMatch(list::meetsFolded)
        || allowed.stream().anyMatch(list::meetsFolded);
  }

  /** True if {@code /**} is granted, and no route of the verb is denied. */
  boolean isGrantedAsAWhole() {
    return grantsWhole && denied.isEmpty();
  }

  /** True if a Deny of that list takes away something that is allowed. */
  boolean matters(TokenList fence) {
    return globIndex.meets(fence);
  }

  /** Line 32: nothing that some route serves is denied there. */
  private void findSubtrees(Collection<Grant> grants) {
    for (Grant grant : grants) {
      List<Segment> segments = grant.pattern().segments();
      boolean literalBase =
          !segments.isEmpty()
              && segments.getLast() instanceof Segment.Subtree
              && segments.subList(0, segments.size() - 1).stream()
                  .allMatch(Segment.Literal.class::isInstance);
      if (grant.effect() == Effect.ALLOW && literalBase) {
        List<TokenList> lists = TokenLists.of(grant.pattern(), grant.claims());
        if (denied.stream().noneMatch(point -> lists.stream().anyMatch(point::meets))) {
          subtrees.addAll(lists);
        }
      }
    }
  }

  private void findBleed() {
    for (TokenList glob : globs) {
      for (TokenList point : deniedIndex.near(glob)) {
        for (TokenList part : glob.meet(point)) {
          if (labels.of(part) == Label.DENIED) {
            bleed.add(part);
          }
        }
      }
    }
  }

  private void findOpenings(Collection<Grant> grants) {
    var candidates = new TreeSet<TokenList>();
    unserved().forEach(list -> addNarrowest(list, candidates));
    for (TokenList point : allowed) {
      for (int i = 0; i < point.size(); i++) {
        if (point.at(i) == ONE) {
          candidates.add(point.glob().with(i, MANY, MANY));
        }
      }
    }
    for (Grant grant : grants) {
      if (grant.effect() == Effect.DENY) {
        TokenLists.of(grant.pattern(), grant.claims()).forEach(list -> candidates.add(list.glob()));
      }
    }
    candidates.stream().filter(fence -> matters(fence) && !costs(fence)).forEach(openings::add);
  }

  /** Templates and parts of them that API Gateway serves with other verbs only. */
  private Set<TokenList> unserved() {
    var unserved = new TreeSet<>(unroutable);
    world.templates().stream()
        .filter(template -> matters(template) && world.route(template).isEmpty())
        .forEach(unserved::add);
    return unserved;
  }

  private void addNarrowest(TokenList list, Collection<TokenList> candidates) {
    if (!costs(list.glob())) {
      candidates.add(list.glob());
      return;
    }
    for (TokenList glob : globIndex.near(list)) {
      glob.meet(list).stream()
          .filter(part -> labels.of(part) == Label.UNROUTABLE)
          .forEach(part -> candidates.add(part.glob()));
    }
  }

  /** Where exactness is lost; empty if the globs are exact. */
  List<Clash> clashes() {
    var clashes = new ArrayList<Clash>();
    for (TokenList part : bleed) {
      TokenList fence = part.glob();
      var lost = new TreeSet<TokenList>();
      for (TokenList point : allowedIndex.near(fence)) {
        fence.meet(point).stream().filter(labels::allows).forEach(lost::add);
      }
      if (!lost.isEmpty()) {
        clashes.add(clash(part, lost));
      }
    }
    return clashes;
  }

  private Clash clash(TokenList part, SortedSet<TokenList> lost) {
    boolean gap = lost.stream().anyMatch(allowed::contains);
    var routes = new LinkedHashSet<Route>();
    lost.forEach(list -> world.route(list).ifPresent(routes::add));
    Route with = routes.iterator().next();
    for (TokenList point : allowedIndex.near(part)) {
      if (point.glob().meets(part)) {
        world.route(point).ifPresent(routes::add);
      }
    }
    return new Clash(
        world.action(),
        new Conflict(
            world.route(part).map(this::name).orElse(world.action() + " " + part.globText()),
            name(with),
            part.fresh().replace('|', 'x'),
            gap ? Conflict.Kind.GAP : Conflict.Kind.COLLISION),
        routes,
        lost);
  }

  private String name(Route route) {
    return route.isAny() && world.known()
        ? world.action() + " " + route.template()
        : route.toString();
  }

  /**
   * Where an encoding of a literal would be decided otherwise than it looks: the places in which
   * {@code %} and {@code ;} must be denied (GATEWAY rule 9, SEM-11).
   */
  SortedSet<String> encoded() {
    var fences = new TreeSet<String>();
    for (Set<TokenList> ofRoute : points.granted().values()) {
      for (TokenList point : ofRoute) {
        if (allowed.contains(point)) {
          for (TokenList part : ofRoute) {
            if (point.narrowsTo(part) && !labels.allows(part)) {
              encodable(point, part, ofRoute).forEach(i -> fences.add(Fences.encoded(point, i)));
            }
          }
        }
      }
    }
    return fences;
  }

  /**
   * The places in which a literal of the narrower list may be encoded and no other point says so:
   * one that has all the others already is compared on its own.
   */
  private static List<Integer> encodable(
      TokenList point, TokenList narrower, Set<TokenList> points) {
    List<Integer> differences = point.differences(narrower);
    return differences.stream()
        .filter(i -> i.equals(differences.getFirst()) || !points.contains(narrower.with(i, ONE)))
        .toList();
  }

  /**
   * Denied paths with a slash more than they have, as token lists with an empty literal, that the
   * globs reach (COMPILER, line 26).
   */
  SortedSet<TokenList> slashed() {
    var empty = new Token.Literal("");
    var slashed = new TreeSet<TokenList>();
    for (TokenList point : denied) {
      for (TokenList variant :
          List.of(
              point.plus(empty),
              point.plus(empty).plus(empty),
              point.isEmpty()
                  ? point.plus(empty).plus(empty)
                  : point.with(0, empty, point.at(0)))) {
        for (TokenList glob : globIndex.near(variant)) {
          for (TokenList part : glob.meet(variant)) {
            if (labels.of(part.without(empty)) == Label.DENIED) {
              slashed.add(part);
            }
          }
        }
      }
    }
    return slashed;
  }
}
