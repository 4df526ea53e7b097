package dev.grantway.authorizer;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A policy of an HTTP API and of WebSocket APIs, and events as API Gateway sends them. */
public final class Kinds {
  public static final String HTTP = "arn:aws:execute-api:eu-west-1:123456789012:h1h2h3h4h5/";
  public static final String LIVE = "arn:aws:execute-api:eu-west-1:123456789012:w1w2w3w4w5/prod/";
  private static final ApiId BILLING = new ApiId("h1h2h3h4h5");
  private static final ApiId CHAT = new ApiId("w1w2w3w4w5");

  private Kinds() {}

  /** The whole policy. */
  public static Policy policy() {
    var billing =
        table(
            ApiType.HTTP,
            Stream.of("GET /invoices", "GET /invoices/{id}", "ANY /reports/{name}", "$default")
                .map(Route::parse)
                .toList());
    var long1 = "k".repeat(90);
    var keys = Stream.of("$connect", "$default", "sendMessage", "listRooms");
    var many = IntStream.range(0, 120).mapToObj(i -> long1 + i);
    var fewer = IntStream.range(0, 83).mapToObj(i -> long1 + i);
    var live = table(ApiType.WEBSOCKET, keys.map(Route::ofRouteKey).toList());
    var wide =
        table(
            ApiType.WEBSOCKET,
            Stream.concat(Stream.of("$connect"), many).map(Route::ofRouteKey).toList());
    var narrower =
        table(
            ApiType.WEBSOCKET,
            Stream.concat(Stream.of("$connect"), fewer).map(Route::ofRouteKey).toList());
    var apis =
        List.of(
            new Api(BILLING, "billing", List.of("$default", "prod"), billing, true),
            new Api(CHAT, "live", List.of("prod"), live, true),
            new Api(new ApiId("wide000000"), "wide", List.of("prod"), wide, true),
            new Api(new ApiId("near000000"), "near", List.of("prod"), narrower, true));
    var permissions = new ArrayList<Permission>();
    permissions.add(http("list", "viewer", Effect.ALLOW, "/invoices"));
    permissions.add(http("one", "viewer", Effect.ALLOW, "/invoices/{id}"));
    permissions.add(http("forty-two", "narrow", Effect.ALLOW, "/invoices/42"));
    permissions.add(http("all", "boss", Effect.ALLOW, "/**"));
    permissions.add(
        permission(
            "not-in-test",
            "boss",
            BILLING,
            Effect.DENY,
            Action.VERBS,
            ResourcePattern.parse("/**"),
            new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.STRING_EQUALS, new Attribute.Query("mode"), List.of("test"))))));
    permissions.add(key("connect", "guest", CHAT, "$connect"));
    permissions.add(key("send", "talker", CHAT, "sendMessage"));
    permissions.add(key("near", "guest", new ApiId("near000000"), "**"));
    permissions.add(key("wide", "guest", new ApiId("wide000000"), "**"));
    var roles = new ArrayList<Role>();
    for (var name : List.of("viewer", "narrow", "boss", "guest")) {
      roles.add(new Role(name, new RoleName(name), "", "", new TreeSet<>()));
    }
    var guest = new TreeSet<>(Set.of(new RoleName("guest")));
    roles.add(new Role("talker", new RoleName("talker"), "", "", guest));
    return new Policy(apis, roles, permissions, List.of(), Rules.NONE);
  }

  private static RouteTable table(ApiType type, List<Route> routes) {
    return new RouteTable(type, routes);
  }

  private static Permission http(String id, String role, Effect effect, String resource) {
    return permission(
        id,
        role,
        BILLING,
        effect,
        role.equals("boss") ? Action.VERBS : Set.of(Action.GET),
        ResourcePattern.parse(resource),
        Condition.NONE);
  }

  private static Permission key(String id, String role, ApiId api, String key) {
    return permission(
        id,
        role,
        api,
        Effect.ALLOW,
        Set.of(Action.CONNECT),
        ResourcePattern.parseRouteKey(key),
        Condition.NONE);
  }

  private static Permission permission(
      String id,
      String role,
      ApiId api,
      Effect effect,
      Set<Action> actions,
      ResourcePattern resource,
      Condition condition) {
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        effect,
        api,
        StageScope.EVERY,
        actions,
        resource,
        condition,
        Validity.ALWAYS,
        "");
  }

  /** Payload 2.0 on stage {@code $default}. */
  public static byte[] http2(
      String method, String path, String routeKey, String query, String token) {
    return """
    {"version":"2.0","type":"REQUEST","routeArn":"%6$s$default/%1$s%2$s",
     "identitySource":["Bearer x","y"],"routeKey":"%3$s","rawPath":"/base%2$s",
     "rawQueryString":"%4$s","cookies":["a=1","b=2"],"headers":{"authorization":"Bearer %5$s"},
     "requestContext":{"accountId":"123456789012","apiId":"h1h2h3h4h5",
       "http":{"method":"%1$s","path":"/base%2$s","protocol":"HTTP/1.1","sourceIp":"203.0.113.9",
         "userAgent":"agent"},
       "requestId":"r","routeKey":"%3$s","stage":"$default"},"stageVariables":{"s":"1"}}\
    """
        .formatted(method, path, routeKey, query, token, HTTP)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Payload 1.0 on stage {@code prod}. */
  public static byte[] http1(String method, String path, String resource, String token) {
    return """
    {"version":"1.0","type":"REQUEST","methodArn":"%5$sprod/%1$s%2$s","identitySource":"x,y",
     "authorizationToken":"Bearer x,y","resource":"%3$s","path":"/prod%2$s","httpMethod":"%1$s",
     "headers":{"Authorization":"Bearer %4$s"},"queryStringParameters":{},"pathParameters":{},
     "requestContext":{"path":"/prod%2$s","accountId":"1","stage":"prod","requestId":"r",
       "identity":{"sourceIp":"203.0.113.9"},"resourcePath":"%3$s","httpMethod":"%1$s",
       "apiId":"h1h2h3h4h5"}}\
    """
        .formatted(method, path, resource, token, HTTP)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A connection, with these header and query maps as JSON. */
  public static byte[] connect(String api, String headers, String query) {
    return """
    {"type":"REQUEST","methodArn":"arn:aws:execute-api:eu-west-1:123456789012:%1$s/prod/$connect",
     "headers":%2$s,"queryStringParameters":%3$s,"stageVariables":{},
     "requestContext":{"routeKey":"$connect","eventType":"CONNECT","stage":"prod",
       "messageDirection":"IN","connectionId":"c","apiId":"%1$s",
       "identity":{"sourceIp":"203.0.113.9"}}}\
    """
        .formatted(api, headers, query)
        .getBytes(StandardCharsets.UTF_8);
  }
}
