package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One request for every way in which the permissions of an API can tell its requests apart, less
 * what conditions, validity and stages ask: a complete set of representatives ({@link PathWalk}).
 * What a pattern covers of an API is a bit set over them.
 */
final class Samples {
  /** Past it the permissions of an API are not compared. */
  static final int MAX = 200_000;

  /**
   * A request.
   *
   * @param route that API Gateway chooses; null where the API has no route table
   */
  record Sample(Action action, RequestPath path, @Nullable Route route) {}

  /**
   * What a pattern covers.
   *
   * @param surely whatever the values of claims are
   * @param perhaps for some values of claims
   */
  record Cover(BitSet surely, BitSet perhaps) {}

  private final List<Sample> samples = new ArrayList<>();
  private final Map<List<String>, Map<Action, Cover>> covers = new HashMap<>();
  private final List<ResourcePattern> patterns;
  private final ByFirstSegment<PathWalk.Rule> rules;

  private Samples(Collection<ResourcePattern> patterns) {
    var distinct = new LinkedHashMap<List<String>, ResourcePattern>();
    patterns.forEach(pattern -> distinct.putIfAbsent(pattern.shape(), pattern));
    this.patterns = List.copyOf(distinct.values());
    this.rules =
        new ByFirstSegment<>(
            this.patterns.stream()
                .map(pattern -> new PathWalk.Rule(pattern.segments(), false))
                .toList(),
            PathWalk.Rule::segments);
  }

  /** The samples of an API for these patterns; empty if there are too many to compare. */
  static Optional<Samples> of(Api api, Collection<ResourcePattern> patterns) {
    var samples = new Samples(patterns);
    try {
      if (api.type() == ApiType.WEBSOCKET) {
        samples.addRouteKeys(api.routes());
      } else if (api.routes().isEmpty()) {
        samples.add(api.routes(), null, Action.VERBS);
      } else {
        templates(api.routes())
            .forEach((template, actions) -> samples.add(api.routes(), template, actions));
      }
      return Optional.of(samples);
    } catch (PathWalk.TooManyPlaces tooMany) {
      return Optional.empty();
    }
  }

  int size() {
    return samples.size();
  }

  Sample at(int index) {
    return samples.get(index);
  }

  /** What a pattern that the samples were made for covers with these actions. */
  Cover cover(ResourcePattern pattern, Set<Action> actions) {
    var all = new Cover(new BitSet(), new BitSet());
    covers
        .getOrDefault(pattern.shape(), Map.of())
        .forEach(
            (action, cover) -> {
              if (actions.contains(action)) {
                all.surely().or(cover.surely());
                all.perhaps().or(cover.perhaps());
              }
            });
    return all;
  }

  private static Map<Template, Set<Action>> templates(RouteTable table) {
    var byShape = new LinkedHashMap<List<Object>, Template>();
    var actions = new LinkedHashMap<Template, Set<Action>>();
    for (Route route : table.routes()) {
      Template template = route.template();
      Template first =
          byShape.computeIfAbsent(List.of(template.kind(), template.shape()), key -> template);
      actions.computeIfAbsent(first, key -> EnumSet.noneOf(Action.class)).addAll(route.actions());
    }
    return actions;
  }

  private void add(RouteTable table, @Nullable Template template, Set<Action> actions) {
    List<Integer> near =
        template == null || template.kind() == Template.Kind.DEFAULT
            ? rules.near(List.of())
            : rules.near(template.segments());
    var looking = new ArrayList<PathWalk.Rule>();
    near.forEach(number -> looking.add(rules.at(number)));
    if (template != null && (template.isGreedy() || template.kind() == Template.Kind.DEFAULT)) {
      for (Route route : table.routes()) {
        if (!route.template().sameShape(template)) {
          looking.add(new PathWalk.Rule(route.template().segments(), true));
        }
      }
    }
    for (PathWalk.Place place :
        PathWalk.places(table.type(), template, looking, MAX - samples.size())) {
      List<Integer> concerned =
          place.concerned().stream().filter(rule -> rule < near.size()).map(near::get).toList();
      for (Action action : actions) {
        add(table, template, action, place.request(), concerned);
      }
    }
  }

  private void add(
      RouteTable table,
      @Nullable Template template,
      Action action,
      RequestPath path,
      List<Integer> concerned) {
    Optional<Route> route = table.route(action, path);
    boolean here =
        template == null
            || route.filter(chosen -> chosen.template().sameShape(template)).isPresent();
    if (!here) {
      return;
    }
    if (samples.size() == MAX) {
      throw new PathWalk.TooManyPlaces();
    }
    int index = samples.size();
    samples.add(new Sample(action, path, route.orElse(null)));
    RequestPath routed = table.asRouted(path);
    for (int rule : concerned) {
      ResourcePattern pattern = patterns.get(rule);
      boolean surely = pattern.covers(routed, template, Claims.EACH_ITS_OWN);
      boolean perhaps = surely || pattern.covers(routed, template, Claims.ANYTHING);
      if (perhaps) {
        Cover cover =
            covers
                .computeIfAbsent(pattern.shape(), key -> new TreeMap<>())
                .computeIfAbsent(action, key -> new Cover(new BitSet(), new BitSet()));
        cover.perhaps().set(index);
        cover.surely().set(index, surely);
      }
    }
  }

  /** Every route key and literal that is named, and one that is not. */
  private void addRouteKeys(RouteTable table) {
    var keys = new TreeSet<String>(List.of(PathWalk.FRESH));
    table.routes().forEach(route -> keys.add(route.template().toString()));
    for (ResourcePattern pattern : patterns) {
      if (pattern.segments().getFirst() instanceof Segment.Literal(var key)) {
        keys.add(key);
      }
    }
    var everyPattern = new ArrayList<Integer>();
    for (int i = 0; i < patterns.size(); i++) {
      everyPattern.add(i);
    }
    for (String key : keys) {
      RequestPath path = RequestPath.ofRouteKey(key);
      Optional<Route> route = table.route(Action.CONNECT, path);
      if (table.isEmpty() || route.isPresent()) {
        add(table, route.map(Route::template).orElse(null), Action.CONNECT, path, everyPattern);
      }
    }
  }

  /** What claims stand for while patterns are compared. */
  private enum Claims implements ClaimBinding {
    /** Every claim has a value of its own, which nothing else names. */
    EACH_ITS_OWN {
      @Override
      public Optional<String> value(String claim) {
        return Optional.of(PathWalk.claimValue(claim));
      }

      @Override
      public boolean unboundMatches() {
        return false;
      }
    },
    /** Any value, or none that can be bound. */
    ANYTHING {
      @Override
      public Optional<String> value(String claim) {
        return Optional.empty();
      }

      @Override
      public boolean unboundMatches() {
        return true;
      }
    }
  }
}
