package dev.grantway.imports;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policyfile.RowReader;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import java.io.Writer;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Permissions as a table, one row each: the columns {@code
 * role,id,effect,api,stage,methods,resource,when,from,until,note}. APIs stand by name; no stage is
 * every one, {@code methods} are words between spaces or {@code *}, {@code when} is JSON as a
 * policy file has it, instants have a zone. On WebSocket APIs {@code methods} is empty.
 */
public final class PermissionCsv {
  static final List<String> COLUMNS =
      List.of(
          "role",
          "id",
          "effect",
          "api",
          "stage",
          "methods",
          "resource",
          "when",
          "from",
          "until",
          "note");
  static final List<String> REQUIRED = List.of("role", "id", "api", "resource");

  private PermissionCsv() {}

  /** Writes permissions by role, API and id; importing them there changes nothing. */
  public static void write(Collection<Permission> permissions, Collection<Api> apis, Writer out) {
    Map<ApiId, Api> known = apis.stream().collect(Collectors.toMap(Api::id, Function.identity()));
    CsvText.write(
        out,
        COLUMNS,
        permissions.stream()
            .sorted(
                Comparator.comparing(Permission::role)
                    .thenComparing(Permission::api)
                    .thenComparing(Permission::id))
            .map(it -> row(it, known)));
  }

  private static List<String> row(Permission it, Map<ApiId, Api> apis) {
    Api api = apis.get(it.api());
    boolean webSocket = api != null && api.type() == ApiType.WEBSOCKET;
    return List.of(
        it.role().value(),
        it.id().value(),
        it.effect().name(),
        api == null ? it.api().value() : api.name(),
        it.stage().isEvery() ? "" : it.stage().text(),
        webSocket ? "" : methods(it),
        it.resource().toString(),
        RowReader.when(it),
        it.validity().from().map(Object::toString).orElse(""),
        it.validity().until().map(Object::toString).orElse(""),
        it.note());
  }

  private static String methods(Permission it) {
    return it.isEveryMethod()
        ? "*"
        : it.actions().stream().sorted().map(Action::name).collect(Collectors.joining(" "));
  }
}
