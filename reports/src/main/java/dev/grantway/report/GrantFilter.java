package dev.grantway.report;

import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
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
 * @param tags the routes that have one of them, in whatever case
 * @param owner the routes of that owner, in whatever case
 * @param methods by which a route is called; {@code CONNECT} on WebSocket
 * @param effects of the rows; both of them ask for everything
 * @param rowsBy of what there are rows, and in which order they come
 */
public record GrantFilter(
    String api,
    String stage,
    SortedSet<RoleName> roles,
    String route,
    SortedSet<String> tags,
    String owner,
    SortedSet<Action> methods,
    SortedSet<Effect> effects,
    By rowsBy) {

  /** Of what a report has rows. */
  public enum By {
    ROLE,
    PRINCIPAL,
    /** Of roles; what may be done on one route stands together. */
    ROUTE;

    /** What commands and manifests call it: {@code principal}. */
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Of whom there are rows, to people: {@code role}. */
    public String of() {
      return this == PRINCIPAL ? "principal" : "role";
    }

    private static By named(String text) {
      return Arrays.stream(values())
          .filter(it -> it.text().equals(text))
          .findFirst()
          .orElseThrow(
              () -> new IllegalArgumentException("a report has no rows by `" + text + "`"));
    }
  }

  public static final GrantFilter EVERYTHING = new GrantFilter("", "", List.of(), "");

  /** The most characters of a route pattern. */
  private static final int MAX_ROUTE = 2_000;

  /** The most characters of a tag or an owner, and the most tags. */
  private static final int MAX_TEXT = 256;

  private static final int MAX_TAGS = 32;

  public GrantFilter {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
    effects =
        Collections.unmodifiableSortedSet(
            effects.size() == Effect.values().length ? new TreeSet<>() : new TreeSet<>(effects));
    if (tags.size() > MAX_TAGS) {
      throw new IllegalArgumentException(
          "at most " + MAX_TAGS + " tags may be asked for, got " + tags.size());
    }
    tags.forEach(GrantFilter::checkTag);
    checkText("an owner", owner);
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
    this(
        api,
        stage,
        new TreeSet<>(roles),
        route,
        new TreeSet<>(),
        "",
        new TreeSet<>(),
        new TreeSet<>(),
        By.ROLE);
  }

  private static void checkTag(String tag) {
    if (tag.isEmpty() || tag.contains(",")) {
      throw new IllegalArgumentException(
          "tag `" + tag + "` cannot be asked for: tags stand with commas between");
    }
    checkText("a tag", tag);
  }

  private static void checkText(String what, String text) {
    if (text.length() > MAX_TEXT || text.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException(
          what + " has at most " + MAX_TEXT + " characters, none of them a control character");
    }
  }

  /** The same, with rows by that. */
  public GrantFilter by(By newRowsBy) {
    return new GrantFilter(api, stage, roles, route, tags, owner, methods, effects, newRowsBy);
  }

  /** The same of routes with one of these tags. */
  public GrantFilter tagged(Collection<String> newTags) {
    return new GrantFilter(
        api, stage, roles, route, new TreeSet<>(newTags), owner, methods, effects, rowsBy);
  }

  /** The same of one owner's routes. */
  public GrantFilter ownedBy(String newOwner) {
    return new GrantFilter(api, stage, roles, route, tags, newOwner, methods, effects, rowsBy);
  }

  /** The same of these methods, such as {@code POST}; another is refused. */
  public GrantFilter calledBy(Collection<String> newMethods) {
    return new GrantFilter(
        api,
        stage,
        roles,
        route,
        tags,
        owner,
        newMethods.stream().map(GrantFilter::action).collect(Collectors.toCollection(TreeSet::new)),
        effects,
        rowsBy);
  }

  /** The same of rows with one of these effects, {@code allow} or {@code deny}. */
  public GrantFilter having(Collection<String> newEffects) {
    return new GrantFilter(
        api,
        stage,
        roles,
        route,
        tags,
        owner,
        methods,
        newEffects.stream().map(GrantFilter::effect).collect(Collectors.toCollection(TreeSet::new)),
        rowsBy);
  }

  private static Action action(String text) {
    String method = text.toUpperCase(Locale.ROOT);
    return method.equals(Action.CONNECT.name())
        ? Action.CONNECT
        : Action.verb(method).orElseThrow(() -> unknown(text, ", or CONNECT on WebSocket"));
  }

  private static Effect effect(String text) {
    return Arrays.stream(Effect.values())
        .filter(it -> it.name().equalsIgnoreCase(text))
        .findFirst()
        .orElseThrow(
            () -> new IllegalArgumentException("effect `" + text + "` is neither allow nor deny"));
  }

  private static IllegalArgumentException unknown(String method, String rest) {
    return new IllegalArgumentException(
        "method `" + method + "` is none of " + Action.VERBS + rest);
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
    parts.put("tags", String.join(",", tags));
    parts.put("owner", owner);
    parts.put("methods", methods.stream().map(Action::name).collect(Collectors.joining(",")));
    parts.put(
        "effect",
        effects.stream()
            .map(it -> it.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(",")));
    parts.values().removeIf(String::isEmpty);
    return parts;
  }

  /**
   * The filter of which {@link #parts} are given; one that it never has is an {@link
   * IllegalArgumentException}.
   */
  public static GrantFilter of(Map<String, String> parts) {
    var filter =
        new GrantFilter(
                parts.getOrDefault("api", ""),
                parts.getOrDefault("stage", ""),
                list(parts, "roles").stream().map(RoleName::new).toList(),
                parts.getOrDefault("route", ""))
            .tagged(list(parts, "tags"))
            .ownedBy(parts.getOrDefault("owner", ""))
            .calledBy(list(parts, "methods"))
            .having(list(parts, "effect"))
            .by(rowsBy(parts));
    if (!filter.parts().equals(parts)) {
      throw new IllegalArgumentException("no filter of a grant report has the parts " + parts);
    }
    return filter;
  }

  private static List<String> list(Map<String, String> parts, String name) {
    String texts = parts.getOrDefault(name, "");
    return texts.isEmpty() ? List.of() : List.of(texts.split(","));
  }

  /** Of what there are rows where a filter has these parts. */
  static By rowsBy(Map<String, String> parts) {
    return parts.containsKey("by") ? By.named(parts.getOrDefault("by", "")) : By.ROLE;
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
        .filter(it -> tags.isEmpty() || tags.stream().anyMatch(it::hasTag))
        .filter(it -> owner.isEmpty() || it.isOwnedBy(owner))
        .filter(
            it ->
                route.isEmpty()
                    || it.template().toString().equals(path(route))
                    || pattern.isPresent() && Reach.of(pattern.get(), it.template()) != Reach.NONE)
        .toList();
  }

  /** Whether not every route of the APIs is asked for. */
  boolean narrowsRoutes() {
    return !route.isEmpty() || !tags.isEmpty() || !owner.isEmpty() || !methods.isEmpty();
  }

  boolean takes(Action action) {
    return (methods.isEmpty() || methods.contains(action))
        && (action == Action.CONNECT || method(route).stream().allMatch(action::equals));
  }

  boolean takes(Effect effect) {
    return effects.isEmpty() || effects.contains(effect);
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
                () -> unknown(method, ": write for example GET /orders/**, or the pattern alone")));
  }
}
