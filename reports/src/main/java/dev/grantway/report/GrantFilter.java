package dev.grantway.report;

import dev.grantway.policy.Api;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Reach;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Which rows of a grant report are asked for; what is empty asks for everything.
 *
 * @param api the name or id of an API
 * @param roles whose rows; what they inherit is in them. Of principals the rows of those that hold
 *     one of these roles, by all the roles that they hold
 * @param route a resource pattern such as {@code /orders/**}, perhaps with a method before it: the
 *     routes of which it covers some requests at least; of WebSocket APIs a route key or {@code
 *     **}, of HTTP APIs also {@code $default}
 * @param rowsBy of what there are rows
 */
public record GrantFilter(
    String api, String stage, SortedSet<RoleName> roles, String route, By rowsBy) {

  /** Of what a report has rows. */
  public enum By {
    ROLE,
    PRINCIPAL;

    /** What commands and manifests call it: {@code principal}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  public static final GrantFilter EVERYTHING = new GrantFilter("", "", List.of(), "");

  /** The most characters of a route pattern. */
  private static final int MAX_ROUTE = 2_000;

  public GrantFilter {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    if (route.length() > MAX_ROUTE) {
      throw new IllegalArgumentException(
          "a route pattern may have at most " + MAX_ROUTE + " characters, got " + route.length());
    }
    if (route.contains("/")) {
      ResourcePattern.parse(path(route));
    }
    method(route);
  }

  public GrantFilter(String api, String stage, Collection<RoleName> roles, String route) {
    this(api, stage, new TreeSet<>(roles), route, By.ROLE);
  }

  /** The same, with rows by that. */
  public GrantFilter by(By newRowsBy) {
    return new GrantFilter(api, stage, roles, route, newRowsBy);
  }

  /**
   * What is asked for by name, in the order of the parts; parts that ask for everything are out.
   */
  public Map<String, String> parts() {
    var parts = new LinkedHashMap<String, String>();
    parts.put("by", rowsBy == By.ROLE ? "" : rowsBy.text());
    parts.put("api", api);
    parts.put("stage", stage);
    parts.put("roles", roles.stream().map(RoleName::value).collect(Collectors.joining(",")));
    parts.put("route", route);
    parts.values().removeIf(String::isEmpty);
    return parts;
  }

  /**
   * The filter of which {@link #parts} are given; one that it never has is an {@link
   * IllegalArgumentException}.
   */
  public static GrantFilter of(Map<String, String> parts) {
    String roles = parts.getOrDefault("roles", "");
    var filter =
        new GrantFilter(
                parts.getOrDefault("api", ""),
                parts.getOrDefault("stage", ""),
                roles.isEmpty()
                    ? List.of()
                    : Arrays.stream(roles.split(",")).map(RoleName::new).toList(),
                parts.getOrDefault("route", ""))
            .by(rowsBy(parts));
    if (!filter.parts().equals(parts)) {
      throw new IllegalArgumentException("no filter of a grant report has the parts " + parts);
    }
    return filter;
  }

  /** Of what there are rows where a filter has these parts. */
  static By rowsBy(Map<String, String> parts) {
    return parts.containsKey("by") ? By.PRINCIPAL : By.ROLE;
  }

  boolean takes(Api it) {
    return api.isEmpty() || api.equals(it.name()) || api.equals(it.id().value());
  }

  List<String> stages(Api of) {
    return of.stages().stream().filter(it -> stage.isEmpty() || stage.equals(it)).toList();
  }

  /** The routes of an API of which some method is asked for. */
  List<Route> routes(Api of) {
    Optional<ResourcePattern> pattern = pattern(of.routes().type());
    return of.routes().routes().stream()
        .filter(it -> it.actions().stream().anyMatch(this::takes))
        .filter(
            it ->
                route.isEmpty()
                    || it.template().toString().equals(path(route))
                    || pattern.isPresent() && Reach.of(pattern.get(), it.template()) != Reach.NONE)
        .toList();
  }

  boolean takes(Action action) {
    return action == Action.CONNECT || method(route).stream().allMatch(action::equals);
  }

  private Optional<ResourcePattern> pattern(ApiType type) {
    String path = path(route);
    boolean key = !path.startsWith("/");
    return path.isEmpty() || key != (type == ApiType.WEBSOCKET)
        ? Optional.empty()
        : Optional.of(key ? ResourcePattern.parseRouteKey(path) : ResourcePattern.parse(path));
  }

  private static String path(String route) {
    return route.substring(route.indexOf(' ') + 1).strip();
  }

  private static Optional<Action> method(String route) {
    int space = route.indexOf(' ');
    if (space < 0) {
      return Optional.empty();
    }
    String method = route.substring(0, space);
    return Optional.of(
        Action.verb(method)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "method `"
                            + method
                            + "` is none of "
                            + Action.VERBS
                            + ": write for example GET /orders/**, or the pattern alone")));
  }
}
