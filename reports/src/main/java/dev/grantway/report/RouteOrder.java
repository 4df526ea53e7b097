package dev.grantway.report;

import dev.grantway.analysis.Grant;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;

/**
 * The order of rows by stage, route and method where they are worked out role by role: first all
 * are counted, then they are taken in parts that can be held.
 */
final class RouteOrder {
  private final List<String> stages;
  private final List<Route> routes;
  private final IdentityHashMap<Route, Integer> places = new IdentityHashMap<>();

  /** By stage, and then as the routes stand. */
  private final long[] counts;

  RouteOrder(List<String> stages, Collection<Route> routes) {
    this.stages = stages;
    this.routes = List.copyOf(routes);
    this.routes.forEach(route -> places.put(route, places.size()));
    counts = new long[stages.size() * this.routes.size()];
  }

  /** Some stages and routes that follow each other, and the rows of them. */
  final class Part {
    private final int from;
    private final int to;
    private final List<Held> rows = new ArrayList<>();

    private record Held(int place, Action action, GrantRow row) {}

    private Part(int from, int to) {
      this.from = from;
      this.to = to;
    }

    List<String> stages() {
      return stages.subList(from / routes.size(), (to - 1) / routes.size() + 1);
    }

    List<Route> routes() {
      return stages().size() == 1
          ? routes.subList(from % routes.size(), (to - 1) % routes.size() + 1)
          : routes;
    }

    boolean takes(String stage, Grant grant) {
      int place = place(stage, grant);
      return place >= from && place < to;
    }

    void hold(String stage, Grant grant, GrantRow row) {
      rows.add(new Held(place(stage, grant), grant.action(), row));
    }

    /** All that were held, by stage, route and method, and then as they came; no more after. */
    List<GrantRow> release() {
      rows.sort(Comparator.comparingInt(Held::place).thenComparing(Held::action));
      List<GrantRow> sorted = rows.stream().map(Held::row).toList();
      rows.clear();
      return sorted;
    }
  }

  private int place(String stage, Grant grant) {
    int at = stages.indexOf(stage);
    Integer place = places.get(grant.route());
    if (at < 0 || place == null) {
      throw new IllegalArgumentException(
          "`" + grant.route() + "` in `" + stage + "` is none of the routes that are put in order");
    }
    return at * routes.size() + place;
  }

  void count(String stage, Grant grant) {
    counts[place(stage, grant)]++;
  }

  /**
   * Parts that follow each other.
   *
   * @param most how many rows a part has, unless it is of one route
   */
  List<Part> parts(int most) {
    var parts = new ArrayList<Part>();
    int from = 0;
    long rows = 0;
    for (int at = 0; at < counts.length; at++) {
      if (rows > 0 && rows + counts[at] > most) {
        parts.add(new Part(from, at));
        from = at;
        rows = 0;
      }
      rows += counts[at];
    }
    if (rows > 0) {
      parts.add(new Part(from, counts.length));
    }
    return parts;
  }
}
