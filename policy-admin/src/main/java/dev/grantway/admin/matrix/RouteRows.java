package dev.grantway.admin.matrix;

import dev.grantway.policy.Api;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * The route table of an API as a tree by path segment. A path is a row of its own where at least
 * two templates begin with it and something tells it from the row above.
 */
final class RouteRows {
  private final Api api;
  private final List<Route> routes = new ArrayList<>();
  private final List<RoutePlace> places = new ArrayList<>();
  private final List<MatrixRow> top;
  private final Map<String, MatrixRow.OfRoute> byId = new HashMap<>();
  private final Map<Route, Integer> firstPlaces = new HashMap<>();

  /** What begins with one path. */
  private static final class Node {
    private final List<Route> own = new ArrayList<>();
    private final Map<String, Node> below = new LinkedHashMap<>();

    int templates() {
      return (own.isEmpty() ? 0 : 1) + below.values().stream().mapToInt(Node::templates).sum();
    }
  }

  RouteRows(Api api) {
    this.api = api;
    var root = new Node();
    for (Route route : api.routes().routes()) {
      Node node = root;
      for (Segment segment : route.template().segments()) {
        node = node.below.computeIfAbsent(segment.toString(), text -> new Node());
      }
      node.own.add(route);
    }
    top = List.copyOf(rows(root, ""));
  }

  private List<MatrixRow> rows(Node node, String path) {
    var rows = new ArrayList<MatrixRow>();
    node.own.forEach(route -> addRows(route, rows));
    node.below.forEach(
        (segment, child) -> {
          String at = path + "/" + segment;
          List<MatrixRow> below = rows(child, at);
          boolean tellsApart =
              child.templates() > 1
                  && !(below.size() == 1 && below.getFirst() instanceof MatrixRow.Group);
          if (tellsApart) {
            rows.add(new MatrixRow.Group(at, below));
          } else {
            rows.addAll(below);
          }
        });
    return rows;
  }

  /** Places for every action that grants are worked out for, rows for those that can arrive. */
  private void addRows(Route route, List<MatrixRow> rows) {
    var reached = route.isAny() ? api.routes().actionsOf(route) : route.actions();
    routes.add(route);
    firstPlaces.put(route, places.size());
    for (Action action : new TreeSet<>(route.actions())) {
      var row = new MatrixRow.OfRoute(places.size(), new RoutePlace(route, action));
      places.add(row.place());
      if (reached.contains(action)) {
        rows.add(row);
        byId.put(row.id(), row);
      }
    }
  }

  Api api() {
    return api;
  }

  /** In the order of the rows. */
  List<Route> routes() {
    return Collections.unmodifiableList(routes);
  }

  /** Every action on every route, in the order in which grants come. */
  List<RoutePlace> places() {
    return Collections.unmodifiableList(places);
  }

  /** The places of a route, in the order in which its grants come. */
  IntStream placesOf(Route route) {
    int first = Objects.requireNonNull(firstPlaces.get(route));
    return IntStream.range(first, first + route.actions().size());
  }

  List<MatrixRow> top() {
    return top;
  }

  /** How many rows are routes. */
  int size() {
    return byId.size();
  }

  Optional<MatrixRow.OfRoute> row(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /** Those of the rows that hold some of the places, each with no more than those. */
  static List<MatrixRow> only(List<MatrixRow> rows, IntPredicate wanted) {
    var left = new ArrayList<MatrixRow>();
    for (MatrixRow row : rows) {
      switch (row) {
        case MatrixRow.OfRoute route -> {
          if (wanted.test(route.number())) {
            left.add(route);
          }
        }
        case MatrixRow.Group group -> {
          List<MatrixRow> below = only(group.rows(), wanted);
          if (!below.isEmpty()) {
            left.add(new MatrixRow.Group(group.path(), below));
          }
        }
      }
    }
    return left;
  }
}
