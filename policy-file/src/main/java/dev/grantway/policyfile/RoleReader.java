package dev.grantway.policyfile;

import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads {@code roles}: first every role's head, so that permissions may name any of them. */
final class RoleReader {
  static final List<String> EFFECTS = List.of("ALLOW", "DENY");

  private final Findings findings;
  private final Known known;

  RoleReader(Findings findings, Known known) {
    this.findings = findings;
    this.known = known;
  }

  /** The names of all roles, which {@code inherits} and assignments may then name. */
  void names(List<Entry> entries) {
    for (Entry entry : entries) {
      entry
          .required("name")
          .filter(name -> known.define("role", name, entry.at("name")))
          .flatMap(name -> known.roleName(name, entry.at("name")))
          .ifPresent(known::add);
    }
  }

  Optional<Role> role(Entry entry) {
    var inherits = new TreeSet<RoleName>();
    for (Node.Text parent : entry.texts("inherits")) {
      known.role(parent.value(), parent.at()).ifPresent(inherits::add);
    }
    Optional<String> name = entry.text("name");
    String id = entry.text("id").or(() -> name).orElse("");
    if (name.isEmpty() || !known.define("role id", id, entry.at(entry.has("id") ? "id" : "name"))) {
      return Optional.empty();
    }
    Position at =
        inherits.stream().anyMatch(parent -> parent.value().equals(name.get()))
            ? entry.at("inherits")
            : entry.at("name");
    return findings.guard(
        at,
        inherits.stream().anyMatch(parent -> parent.value().equals(name.get()))
            ? FindingCode.ROLE_CYCLE
            : FindingCode.BAD_VALUE,
        "correct the role",
        () ->
            new Role(
                id,
                new RoleName(name.get()),
                entry.text("description").orElse(""),
                entry.text("owner").orElse(""),
                inherits));
  }

  Optional<Permission> permission(Entry entry, RoleName role) {
    Optional<PermissionId> id =
        entry
            .required("id")
            .filter(text -> known.define("permission", text, entry.at("id")))
            .flatMap(
                text ->
                    findings.guard(
                        entry.at("id"),
                        FindingCode.BAD_VALUE,
                        "rename it",
                        () -> new PermissionId(text)));
    Optional<Effect> effect =
        entry.has("effect")
            ? entry.word("effect", EFFECTS).map(Effect::valueOf)
            : Optional.of(Effect.ALLOW);
    Optional<Api> api = known.api(entry);
    Condition condition =
        entry
            .value("when")
            .map(when -> new ConditionReader(findings, entry).read(when))
            .orElse(Condition.NONE);
    Optional<Validity> validity = validity(entry);
    entry.requireKey("resource");
    if (api.isEmpty()) {
      checkAlone(entry);
      return Optional.empty();
    }
    StageScope stage = known.stage(entry, api.get());
    boolean webSocket = api.get().type() == ApiType.WEBSOCKET;
    Set<Action> actions = webSocket ? connect(entry) : methods(entry);
    Optional<ResourcePattern> resource = resource(entry, webSocket);
    if (id.isEmpty()
        || effect.isEmpty()
        || validity.isEmpty()
        || actions.isEmpty()
        || resource.isEmpty()) {
      return Optional.empty();
    }
    return findings.guard(
        entry.at("note"),
        FindingCode.BAD_VALUE,
        "correct the permission",
        () ->
            new Permission(
                id.get(),
                role,
                effect.get(),
                api.get().id(),
                stage,
                actions,
                resource.get(),
                condition,
                validity.get(),
                entry.text("note").orElse("")));
  }

  /** What can be said about methods and resource while the kind of API is not known. */
  private void checkAlone(Entry entry) {
    if (entry.has("methods")) {
      methods(entry);
      resource(entry, false);
    }
  }

  private Set<Action> connect(Entry entry) {
    if (entry.has("methods")) {
      findings.error(
          entry.at("methods"),
          FindingCode.BAD_VALUE,
          "a permission on a WebSocket API has no `methods`",
          "remove it: the route key is the resource");
    }
    return Set.of(Action.CONNECT);
  }

  /** The methods of an entry; {@code "*"} and {@code ANY} mean the seven verbs. */
  Set<Action> methods(Entry entry) {
    var actions = EnumSet.noneOf(Action.class);
    if (!entry.requireKey("methods")) {
      return actions;
    }
    List<Node.Text> texts = entry.texts("methods");
    if (texts.isEmpty() && entry.value("methods").orElseThrow() instanceof Node.Items) {
      findings.error(
          entry.at("methods"),
          FindingCode.BAD_VALUE,
          "`methods` is empty",
          "write [GET] or [\"*\"]");
    }
    for (Node.Text text : texts) {
      if (text.value().equals("*") || text.value().equals("ANY")) {
        actions.addAll(Action.VERBS);
        continue;
      }
      Action.verb(text.value())
          .ifPresentOrElse(
              actions::add,
              () ->
                  findings.error(
                      text.at(),
                      FindingCode.BAD_VALUE,
                      "method " + Findings.quote(text.value()) + " is unknown",
                      "write one of " + verbs() + ", or \"*\""));
    }
    return actions;
  }

  private static String verbs() {
    return String.join(", ", new TreeSet<>(Action.VERBS).stream().map(Action::name).toList());
  }

  Optional<ResourcePattern> resource(Entry entry, boolean routeKey) {
    return entry.parsed(
        "resource",
        FindingCode.BAD_PATTERN,
        routeKey ? "write a route key, or \"**\"" : "write it like /orders/{id} or /orders/**",
        text -> routeKey ? ResourcePattern.parseRouteKey(text) : ResourcePattern.parse(text));
  }

  private Optional<Validity> validity(Entry entry) {
    var ends = new ArrayList<Optional<Instant>>();
    for (String key : List.of("from", "until")) {
      Optional<Instant> end = entry.instant(key);
      if (end.isEmpty() && entry.has(key)) {
        return Optional.empty();
      }
      ends.add(end);
    }
    return findings.guard(
        entry.at(entry.has("until") ? "until" : "from"),
        FindingCode.BAD_WINDOW,
        "let it end after it starts",
        () -> new Validity(ends.getFirst().orElse(null), ends.getLast().orElse(null)));
  }
}
