package dev.grantway.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.analysis.RouteGrants;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.report.GrantFilter;
import dev.grantway.report.GrantReport;
import dev.grantway.report.GrantRow;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.store.ApiEntry;
import dev.grantway.store.AsOf;
import dev.grantway.store.Page;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.RoleEntry;
import dev.grantway.store.StampedPermission;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code who-can}: which roles, and who by assignments, may call a route. */
@Command(
    name = "who-can",
    description =
        "Say which roles may call a route, or are denied it, and why, and who is assigned them."
            + " Roles of tokens are not known here: whoever an issuer gives a role may call what"
            + " the role may.")
final class WhoCanCommand implements Callable<Integer> {
  private static final int PAGE = 500;

  private final Console console;
  private final TableAccess.Tables tables;

  @Mixin private Common common = new Common();
  @Mixin private PolicyPlace place = new PolicyPlace();

  @Parameters(
      paramLabel = "ROUTE",
      description =
          "a route, such as `GET /orders/{id}`, or a request that one serves, such as `GET"
              + " /orders/42`; on WebSocket a route key")
  private String route = "";

  @Option(
      names = "--api",
      required = true,
      paramLabel = "NAME",
      description = "an API, by name or id")
  private String api = "";

  @Option(names = "--stage", required = true, paramLabel = "NAME", description = "its stage")
  private String stage = "";

  @Option(
      names = "--as-of",
      paramLabel = "REV|INSTANT",
      description = "by a revision, or at an instant by what was published then; now by default")
  private String asOf = "";

  /** What somebody may do who is assigned these roles, and whose token brings none. */
  private record Holding(Assignment.Holder holder, SortedSet<RoleName> roles, Grant grant) {}

  WhoCanCommand(Console console, TableAccess.Tables tables) {
    this.console = console;
    this.tables = tables;
  }

  @Override
  public Integer call() throws IOException {
    PolicyPlace.Opened opened = place.open(tables, asOf, console);
    AsOf then = opened.then();
    Instant at = PolicyPlace.at(asOf, console);
    Api named = named(then, opened.revision());
    Action action = action(named);
    Route served = served(named, action);
    String text = served.text(action);
    List<GrantRow> rows = rows(opened.repository(), then, at, served, action);
    List<Holding> holders = holders(then, at, named, served, action);
    if (common.isJson()) {
      console.answer(
          AnswerJson.object(
              json -> {
                json.writeNumberField("revision", opened.revision());
                json.writeStringField("at", at.toString());
                json.writeStringField("route", text);
                write(json, rows, holders);
              }));
    } else {
      console.answer(
          text
              + " ("
              + named.name()
              + "/"
              + stage
              + "), by revision "
              + opened.revision()
              + " at "
              + at);
      rows.forEach(row -> console.answer(line(row)));
      holders.forEach(holder -> console.answer(line(holder)));
      if (rows.isEmpty()) {
        console.answer("nobody: no permission of any role says anything about it");
      }
    }
    return ExitCode.DONE;
  }

  private Api named(AsOf then, long revision) {
    return then.apis().stream()
        .filter(it -> it.name().equals(api) || it.id().value().equals(api))
        .map(ApiEntry::id)
        .findFirst()
        .flatMap(then::api)
        .filter(it -> it.stages().contains(stage))
        .orElseThrow(
            () ->
                new InputException(
                    "revision "
                        + revision
                        + " has no API `"
                        + api
                        + "` with a stage `"
                        + stage
                        + "`: it has "
                        + then.apis().stream()
                            .map(ApiEntry::name)
                            .collect(Collectors.joining(", "))));
  }

  private Action action(Api named) {
    return named.type() == ApiType.WEBSOCKET
        ? Action.CONNECT
        : RequestLine.action(route.substring(0, Math.max(0, route.indexOf(' '))));
  }

  private Route served(Api named, Action action) {
    boolean webSocket = action == Action.CONNECT;
    String path = webSocket ? route : route.substring(route.indexOf(' ') + 1).strip();
    Optional<Route> written =
        named.routes().routes().stream()
            .filter(it -> it.template().toString().equals(path))
            .filter(it -> named.routes().actionsOf(it).contains(action))
            .findFirst();
    return written
        .or(
            () ->
                webSocket || path.startsWith("/")
                    ? named
                        .routes()
                        .route(
                            action, webSocket ? RequestPath.ofRouteKey(path) : RequestPath.of(path))
                    : Optional.empty())
        .orElseThrow(
            () ->
                new InputException(
                    "API `"
                        + named.name()
                        + "` serves no route `"
                        + route
                        + "`: write one of its"
                        + " routes, or a request that one serves"));
  }

  private List<GrantRow> rows(
      PolicyRepository repository, AsOf then, Instant at, Route served, Action action)
      throws IOException {
    var rows = new ArrayList<GrantRow>();
    var filter = new GrantFilter(api, stage, List.of(), served.text(action));
    String template = served.template().toString();
    new GrantReport(repository, then, at, filter)
        .rows(
            row -> {
              if (row.route().equals(template)) {
                rows.add(row);
              }
            });
    return rows;
  }

  private List<Holding> holders(AsOf then, Instant at, Api named, Route served, Action action) {
    var graph = new RoleGraph(all(then::roles).stream().map(RoleEntry::role).toList());
    var grants = new RouteGrants(named, List.of(served));
    var holders = new ArrayList<Holding>();
    Assignment.byHolder(all(then::assignments), at)
        .forEach(
            (holder, roles) -> {
              var all = new TreeSet<>(roles);
              all.add(RoleName.AUTHENTICATED);
              List<Permission> permissions =
                  then.permissions(graph.closure(all), named.id()).values().stream()
                      .flatMap(List::stream)
                      .map(StampedPermission::permission)
                      .toList();
              grants.of(stage, roles.first(), Grants.at(at, permissions)).stream()
                  .filter(it -> it.action() == action)
                  .filter(it -> it.access() != Grant.Access.NONE)
                  .forEach(it -> holders.add(new Holding(holder, roles, it)));
            });
    return holders;
  }

  private interface Paged<T> {
    Page<T> page(String after, int limit);
  }

  private static <T> List<T> all(Paged<T> paged) {
    var all = new ArrayList<T>();
    String after = "";
    do {
      Page<T> page = paged.page(after, PAGE);
      all.addAll(page.items());
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return all;
  }

  private static String line(GrantRow row) {
    return row.effect()
        + " role "
        + row.roles().first()
        + ", via "
        + row.via().stream()
            .map(path -> joined(path, " > ", RoleName::value))
            .collect(Collectors.joining("; "))
        + ", by "
        + joined(List.copyOf(row.permissions()), " ", PermissionId::value)
        + (row.conditions().isEmpty() ? "" : ", on " + String.join("; ", row.conditions()));
  }

  private static String line(Holding it) {
    return (it.grant().isAllowed() ? "ALLOW " : "DENY ")
        + kind(it.holder())
        + " "
        + it.holder().value()
        + " of "
        + it.holder().issuer()
        + ", assigned "
        + joined(List.copyOf(it.roles()), " ", RoleName::value)
        + (it.grant().conditional() ? ", on conditions" : "");
  }

  private static String kind(Assignment.Holder holder) {
    return holder.kind().name().toLowerCase(Locale.ROOT);
  }

  private static <T> String joined(List<T> items, String between, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining(between));
  }

  private static void write(JsonGenerator json, List<GrantRow> rows, List<Holding> holders)
      throws IOException {
    json.writeArrayFieldStart("roles");
    for (GrantRow row : rows) {
      json.writeStartObject();
      json.writeStringField("role", row.roles().first().value());
      json.writeStringField("effect", row.effect().name());
      json.writeArrayFieldStart("via");
      for (List<RoleName> path : row.via()) {
        texts(json, path.stream().map(RoleName::value).toList());
      }
      json.writeEndArray();
      json.writeFieldName("permissions");
      texts(json, row.permissions().stream().map(PermissionId::value).toList());
      json.writeFieldName("conditions");
      texts(json, row.conditions());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("holders");
    for (Holding it : holders) {
      json.writeStartObject();
      json.writeStringField("kind", kind(it.holder()));
      json.writeStringField("issuer", it.holder().issuer());
      json.writeStringField("value", it.holder().value());
      json.writeFieldName("roles");
      texts(json, it.roles().stream().map(RoleName::value).toList());
      json.writeStringField("effect", it.grant().isAllowed() ? "ALLOW" : "DENY");
      json.writeBooleanField("conditional", it.grant().conditional());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void texts(JsonGenerator json, List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
