package dev.grantway.decision;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RouteKeysTest {
  private static final ApiId ID = new ApiId("live000001");
  private static final RoleName ROLE = new RoleName("talker");
  private static final AccessRequest CONNECT =
      new AccessRequest(
          ID,
          "prod",
          Action.CONNECT,
          RequestPath.ofRouteKey("$connect"),
          null,
          new Principal("dev", "alice", "", Set.of(), Set.of(ROLE), Map.of(), Set.of()),
          RequestContext.at(Instant.parse("2026-06-01T12:00:00Z")));

  private static Api api(String... keys) {
    var routes = Stream.of(keys).map(Route::ofRouteKey).toList();
    return new Api(ID, "live", List.of("prod"), new RouteTable(ApiType.WEBSOCKET, routes), false);
  }

  private static Permission permission(Effect effect, String key) {
    return new Permission(
        new PermissionId(effect + "-" + Integer.toHexString(key.hashCode())),
        ROLE,
        effect,
        ID,
        StageScope.EVERY,
        Set.of(Action.CONNECT),
        ResourcePattern.parseRouteKey(key),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  @Test
  void theyAreThoseThatAreAllowed() {
    var api = api("$connect", "$default", "$disconnect", "send", "list");
    var every = permission(Effect.ALLOW, "**");
    assertThat(RouteKeys.allowed(api, CONNECT, List.of(permission(Effect.ALLOW, "send"))))
        .containsExactly("send");
    assertThat(RouteKeys.allowed(api, CONNECT, List.of(every, permission(Effect.DENY, "send"))))
        .containsExactly("$connect", "$default", "$disconnect", "list");
    assertThat(RouteKeys.allowed(api, CONNECT, List.of())).isEmpty();
  }

  @Test
  void aKeyThatWouldReadAsTwoIsLeftOut() {
    var api = api("$connect", "list,send", "list", "send");
    assertThat(RouteKeys.allowed(api, CONNECT, List.of(permission(Effect.ALLOW, "list,send"))))
        .isEmpty();
  }
}
