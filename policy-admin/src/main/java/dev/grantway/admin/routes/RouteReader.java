package dev.grantway.admin.routes;

import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.routes.RouteInput.Field;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.util.Arrays;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads a typed route; each problem is told of at its field. */
final class RouteReader {
  private static final int MAX_TEXT = 256;
  private static final int MAX_TAGS = 32;

  private RouteReader() {}

  static Reading<Route, Field> read(RouteInput input, ApiType type) {
    var problems = new FormProblems<>(Field.class);
    Optional<Route> route = route(input.route().strip(), type, problems);
    SortedSet<String> tags =
        Arrays.stream(input.tags().split(","))
            .map(String::strip)
            .filter(tag -> !tag.isEmpty())
            .collect(Collectors.toCollection(TreeSet::new));
    if (tags.size() > MAX_TAGS || tags.stream().anyMatch(RouteReader::isUnfit)) {
      problems.refuse(Field.TAGS, "problem.route.tags", MAX_TAGS, MAX_TEXT);
    }
    text(Field.OPERATION, input.operationId(), problems);
    text(Field.OWNER, input.owner(), problems);
    return problems.reading(
        problems.isEmpty()
            ? route.map(
                it ->
                    new Route(
                        it.actions(),
                        it.template(),
                        input.operationId().strip(),
                        tags,
                        input.owner().strip(),
                        input.access(),
                        input.state()))
            : Optional.empty());
  }

  private static Optional<Route> route(String text, ApiType type, FormProblems<Field> problems) {
    if (text.isEmpty()) {
      return problems.refuse(
          Field.ROUTE, type == ApiType.WEBSOCKET ? "problem.route.key" : "problem.route.missing");
    }
    return problems.model(
        Field.ROUTE, () -> type == ApiType.WEBSOCKET ? Route.ofRouteKey(text) : Route.parse(text));
  }

  private static void text(Field field, String text, FormProblems<Field> problems) {
    if (isUnfit(text)) {
      problems.refuse(field, "problem.route.text", MAX_TEXT);
    }
  }

  private static boolean isUnfit(String text) {
    return text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl);
  }
}
