package dev.grantway.admin.changes;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns changes into lines for people. */
public final class ChangeLines {
  private ChangeLines() {}

  /**
   * A line for each change, in their order.
   *
   * @param apiName names an API by its id
   */
  public static List<ChangeLine> of(Collection<Change> changes, Function<ApiId, String> apiName) {
    return changes.stream().map(change -> line(change, apiName)).toList();
  }

  private static ChangeLine line(Change change, Function<ApiId, String> apiName) {
    ChangeLine.Kind kind =
        change.beforeOrNull() == null
            ? ChangeLine.Kind.ADDED
            : change.afterOrNull() == null ? ChangeLine.Kind.REMOVED : ChangeLine.Kind.CHANGED;
    List<ChangeLine.Field> fields = fields(change);
    return switch (change.key()) {
      case RowKey.OfPermission(var role, var api, var id) ->
          new ChangeLine(
              change.key(),
              kind,
              "permission",
              id.value(),
              role.value(),
              apiName.apply(api),
              fields);
      case RowKey.OfRole(var name) ->
          new ChangeLine(change.key(), kind, "role", name.value(), name.value(), "", fields);
      case RowKey.OfApi(var id) ->
          new ChangeLine(change.key(), kind, "api", apiName.apply(id), "", "", fields);
      case RowKey.OfAssignment(var issuer, var of, var value, var role) ->
          new ChangeLine(change.key(), kind, "assignment", value, role.value(), "", fields);
      case RowKey.OfRule(var of, var name) ->
          new ChangeLine(change.key(), kind, "rule", name, "", "", fields);
    };
  }

  private static List<ChangeLine.Field> fields(Change change) {
    Map<String, String> before = texts(change.beforeOrNull(), change.afterOrNull());
    Map<String, String> after = texts(change.afterOrNull(), change.beforeOrNull());
    var names = new LinkedHashSet<>(before.keySet());
    names.addAll(after.keySet());
    var fields = new ArrayList<ChangeLine.Field>();
    for (String name : names) {
      String old = before.getOrDefault(name, "");
      String now = after.getOrDefault(name, "");
      if (!old.equals(now)) {
        fields.add(new ChangeLine.Field(name, old, now));
      }
    }
    return fields;
  }

  /**
   * @param other the other side, of which what is long is told by its differences alone
   */
  private static Map<String, String> texts(@Nullable PolicyRow row, @Nullable PolicyRow other) {
    var texts = new LinkedHashMap<String, String>();
    if (row == null) {
      return texts;
    }
    switch (row) {
      case PolicyRow.OfPermission(var permission) -> permission(permission, texts);
      case PolicyRow.OfRole(var role) -> role(role, texts);
      case PolicyRow.OfApi(var api) -> api(api, other, texts);
      case PolicyRow.OfAssignment(var assignment) -> assignment(assignment, texts);
      case PolicyRow.OfInvariant(var rule) -> texts.put("rule", rule.toString());
      case PolicyRow.OfTest(var test) -> test(test, texts);
      case PolicyRow.OfApproval(var rule) ->
          texts.put("required", Integer.toString(rule.required()));
      case PolicyRow.OfWaiver(var rule) -> texts.put("rule", rule.toString());
      case PolicyRow.OfOperator(var rule) -> texts.put("rule", rule.toString());
      case PolicyRow.OfRetention(var rule) -> texts.put("rule", rule.toString());
    }
    return texts;
  }

  private static void permission(Permission it, Map<String, String> texts) {
    texts.put("effect", it.effect().name());
    texts.put("methods", PermissionText.methods(it));
    texts.put("resource", it.resource().toString());
    texts.put("stage", it.stage().isEvery() ? "*" : it.stage().text());
    texts.put("condition", PermissionText.condition(it.condition()));
    texts.put("from", it.validity().from().map(Instant::toString).orElse(""));
    texts.put("until", it.validity().until().map(Instant::toString).orElse(""));
    texts.put("note", it.note());
  }

  private static void test(PolicyTest test, Map<String, String> texts) {
    String request =
        test.method().equals("CONNECT") ? test.path() : test.method() + " " + test.path();
    texts.put("request", request);
    texts.put("stage", test.stage());
    texts.put("principal", principal(test.caller()));
    texts.put("context", context(test.context()));
    String by = test.by().map(ids -> " by " + ids).orElse("");
    String reason = test.reason().isEmpty() ? "" : " (" + test.reason() + ")";
    texts.put("expect", test.expect() + by + reason);
  }

  private static String principal(PolicyTest.Caller it) {
    var parts = new ArrayList<String>();
    add(parts, "issuer", it.issuer());
    add(parts, "sub", it.sub());
    add(parts, "client", it.client());
    add(parts, "groups", String.join(", ", it.groups()));
    add(parts, "roles", String.join(", ", it.roles()));
    new TreeMap<>(it.claims()).forEach((name, value) -> add(parts, name, value.toString()));
    add(parts, "scopes", String.join(", ", it.scopes()));
    return String.join("; ", parts);
  }

  private static String context(PolicyTest.Context it) {
    var parts = new ArrayList<String>();
    add(parts, "sourceIp", it.sourceIp());
    new TreeMap<>(it.headers()).forEach((name, values) -> add(parts, name, values.toString()));
    new TreeMap<>(it.query()).forEach((name, values) -> add(parts, name, values.toString()));
    add(parts, "now", it.now().map(Instant::toString).orElse(""));
    return String.join("; ", parts);
  }

  private static void add(List<String> parts, String name, String text) {
    if (!text.isEmpty()) {
      parts.add(name + " " + text);
    }
  }

  private static void role(Role role, Map<String, String> texts) {
    texts.put("name", role.name().value());
    texts.put("description", role.description());
    texts.put("owner", role.owner());
    texts.put(
        "inherits",
        role.inherits().stream().map(it -> it.value()).collect(Collectors.joining(", ")));
  }

  private static void api(Api api, @Nullable PolicyRow other, Map<String, String> texts) {
    Set<Route> theirs =
        other instanceof PolicyRow.OfApi(var that) ? Set.copyOf(that.routes().routes()) : Set.of();
    texts.put("name", api.name());
    texts.put("stages", String.join(", ", api.stages()));
    texts.put(
        "routes",
        api.routes().routes().stream()
            .filter(route -> !theirs.contains(route))
            .map(ChangeLines::text)
            .collect(Collectors.joining("\n")));
  }

  /** A route with all that is known of it, as policy files name it. */
  private static String text(Route it) {
    var parts = new ArrayList<String>(List.of(it.toString()));
    add(parts, "id", it.operationId());
    add(parts, "tags", String.join(", ", it.tags()));
    add(parts, "owner", it.owner());
    if (it.access() != Route.Access.GRANTED) {
      add(parts, "access", it.access().name().toLowerCase(Locale.ROOT));
    }
    if (it.state() != Route.State.CURRENT) {
      add(parts, "state", it.state().name().toLowerCase(Locale.ROOT));
    }
    return String.join("; ", parts);
  }

  private static void assignment(Assignment it, Map<String, String> texts) {
    texts.put("issuer", it.issuer());
    texts.put(it.kind().name().toLowerCase(Locale.ROOT), it.value());
    texts.put("until", it.until().map(Instant::toString).orElse(""));
  }
}
