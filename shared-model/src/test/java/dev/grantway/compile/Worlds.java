package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Template;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Small policies, written as text. */
final class Worlds {
  static final ApiId ID = new ApiId("a1b2c3d4e5");
  static final RoleName ROLE = new RoleName("clerk");
  static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
  static final String BASE = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod";
  static final ArnPrefix ARN = new ArnPrefix(BASE);

  private Worlds() {}

  static Api api(ApiType type, String... routes) {
    var table = new ArrayList<Route>();
    for (String route : routes) {
      table.add(Route.parse(route));
    }
    return new Api(ID, "orders", List.of("prod"), new RouteTable(type, table), false);
  }

  /** Reads {@code ALLOW GET /orders/{id}}; {@code ANY} is every method. */
  static Permission permission(String text) {
    return permission(text, Condition.NONE, Validity.ALWAYS);
  }

  static Permission permission(String text, Condition condition, Validity validity) {
    String[] parts = text.split(" ");
    return new Permission(
        new PermissionId(Integer.toHexString(text.hashCode())),
        ROLE,
        Effect.valueOf(parts[0]),
        ID,
        StageScope.EVERY,
        parts[1].equals("ANY") ? Action.VERBS : Set.of(Action.valueOf(parts[1])),
        ResourcePattern.parse(parts[2]),
        condition,
        validity,
        "");
  }

  static List<Permission> permissions(String... texts) {
    return List.of(texts).stream().map(Worlds::permission).toList();
  }

  static AccessRequest request(String text, @Nullable Template template) {
    String[] parts = text.split(" ");
    return request(Action.valueOf(parts[0]), RequestPath.of(parts[1]), template, Map.of());
  }

  static AccessRequest request(
      Action action,
      RequestPath path,
      @Nullable Template template,
      Map<String, ClaimValue> claims) {
    return new AccessRequest(
        ID,
        "prod",
        action,
        path,
        template,
        new Principal("dev", "alice", "", Set.of(), Set.of(ROLE), claims, Set.of()),
        new RequestContext("203.0.113.9", Map.of(), Map.of(), NOW));
  }

  static CompileRequest compileRequest(
      Api api, AccessRequest request, List<Permission> permissions, CacheKey key) {
    return new CompileRequest(
        api, request, permissions, ARN, key, Map.of(), CompileOptions.DEFAULTS);
  }

  /** Compiles the ROUTE document of {@code GET /orders/{id}}. */
  static Compilation route(Api api, String route, String... permissions) {
    Route parsed = Route.parse(route);
    AccessRequest request =
        request(
            parsed.actions().stream().min(Action::compareTo).orElseThrow(),
            RequestPath.of("/"),
            parsed.template(),
            Map.of());
    return Compiler.compile(
        compileRequest(api, request, permissions(permissions), CacheKey.TOKEN_AND_ROUTE));
  }
}
