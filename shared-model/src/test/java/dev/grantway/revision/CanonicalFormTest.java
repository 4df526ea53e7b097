package dev.grantway.revision;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
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
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The canonical form: what is written is read again, always as the same bytes (REV-06). */
class CanonicalFormTest {
  private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");

  static Stream<PolicyRow> rows() {
    return Stream.of(
        new PolicyRow.OfPermission(permission()),
        new PolicyRow.OfPermission(webSocketPermission("sendMessage")),
        new PolicyRow.OfPermission(webSocketPermission("**")),
        new PolicyRow.OfRole(
            new Role(
                "id",
                new RoleName("clerk"),
                "takes \"orders\"\n\u2028 é",
                "team",
                new TreeSet<>(List.of(new RoleName("viewer"), new RoleName("base"))))),
        new PolicyRow.OfApi(restApi()),
        new PolicyRow.OfApi(
            new Api(
                new ApiId("ws"),
                "live",
                List.of("prod"),
                new RouteTable(
                    ApiType.WEBSOCKET,
                    List.of(Route.ofRouteKey("$connect"), Route.ofRouteKey("sendMessage"))),
                false)),
        new PolicyRow.OfApi(
            new Api(
                new ApiId("http"),
                "billing",
                List.of("$default"),
                new RouteTable(
                    ApiType.HTTP, List.of(Route.parse("$default"), Route.parse("GET /bills"))),
                false)),
        assignment(Assignment.Kind.SUBJECT, null),
        assignment(Assignment.Kind.GROUP, FROM),
        invariant(new Rules.Invariant.Claim.NeverBoth("POST /orders", "POST /refunds")),
        invariant(
            new Rules.Invariant.Claim.NeverRole(
                new RoleName("viewer"),
                Set.of(Action.POST, Action.PUT),
                ResourcePattern.parse("/**"))),
        invariant(
            new Rules.Invariant.Claim.NeverRole(
                new RoleName("viewer"), Action.VERBS, ResourcePattern.parse("/**"))),
        invariant(new Rules.Invariant.Claim.Always(new RoleName("clerk"), "GET /orders")),
        new PolicyRow.OfTest(bareTest()),
        new PolicyRow.OfTest(wholeTest()),
        new PolicyRow.OfApproval(new Rules.ApprovalRule(new ApiId("a"), new StageScope("prod"), 2)),
        new PolicyRow.OfWaiver(new Rules.Waiver("COMP-03 x", "ana", FROM, "why")),
        new PolicyRow.OfOperator(
            new Rules.OperatorLimit("ana", Set.of(new ApiId("a"), new ApiId("b")))),
        new PolicyRow.OfRetention(new Rules.Retention(30)),
        new PolicyRow.OfRetention(Rules.Retention.EVERYTHING));
  }

  private static PolicyTest bareTest() {
    return new PolicyTest(
        "böb reads, \"twice\"",
        new PolicyTest.Caller("", "", "", List.of(), List.of(), Map.of(), List.of()),
        "a1b2",
        "prod",
        "GET",
        "/orders/42",
        new PolicyTest.Context("", Map.of(), Map.of(), null),
        Effect.DENY,
        null,
        "");
  }

  private static PolicyTest wholeTest() {
    ClaimValue text = new ClaimValue.Text("eu");
    ClaimValue number = new ClaimValue.Number(new BigDecimal("1.50"));
    return new PolicyTest(
        "x".repeat(PolicyTest.MAX_NAME),
        new PolicyTest.Caller(
            "corp",
            "alice",
            "cli",
            List.of("g2", "g1"),
            List.of("clerk"),
            Map.of(
                "region", text,
                "level", number,
                "yes", new ClaimValue.Bool(true),
                "no", new ClaimValue.Bool(false),
                "list", new ClaimValue.Items(List.of(text, new ClaimValue.Items(List.of(number)))),
                "empty", new ClaimValue.Items(List.of()),
                "object", new ClaimValue.Opaque()),
            List.of("read")),
        "a1b2",
        "prod",
        "CONNECT",
        "sendMessage",
        new PolicyTest.Context(
            "203.0.113.9",
            Map.of("x-a", List.of("1", "2"), "x-b", List.of()),
            Map.of("q", List.of("")),
            FROM),
        Effect.ALLOW,
        new TreeSet<>(List.of(new PermissionId("p"))),
        "allowed");
  }

  private static Permission permission() {
    return new Permission(
        new PermissionId("clerk-eu"),
        new RoleName("clerk"),
        Effect.DENY,
        new ApiId("a1b2"),
        new StageScope("prod"),
        Set.of(Action.POST, Action.GET),
        ResourcePattern.parse("/users/${claims.sub}/orders/{id}/**"),
        new Condition(
            List.of(
                clause(Operator.STRING_NOT_EQUALS, "claims.region", "eu", "uk"),
                clause(Operator.STRING_NOT_EQUALS, "request.header.x-y", "1"),
                clause(Operator.IP_ADDRESS, "request.sourceIp", "10.0.0.0/8"))),
        new Validity(FROM, Instant.parse("2027-01-01T00:00:00Z")),
        "OPS-12");
  }

  private static Condition.Clause clause(Operator operator, String attribute, String... values) {
    return new Condition.Clause(operator, Attribute.parse(attribute), List.of(values));
  }

  private static Permission webSocketPermission(String key) {
    return new Permission(
        new PermissionId("w"),
        new RoleName("clerk"),
        Effect.ALLOW,
        new ApiId("ws"),
        StageScope.EVERY,
        Set.of(Action.CONNECT),
        ResourcePattern.parseRouteKey(key),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  private static Api restApi() {
    Route plain = Route.parse("POST /orders/{id}/refunds");
    return new Api(
        new ApiId("a1b2"),
        "orders",
        List.of("prod", "dev"),
        new RouteTable(
            ApiType.REST,
            List.of(
                new Route(
                    plain.actions(),
                    plain.template(),
                    "refundOrder",
                    new TreeSet<>(List.of("money", "pii")),
                    "team-orders",
                    Route.Access.PUBLIC,
                    Route.State.GONE),
                Route.parse("ANY /files/{path+}"))),
        true);
  }

  private static PolicyRow assignment(Assignment.Kind kind, @Nullable Instant until) {
    return new PolicyRow.OfAssignment(
        new Assignment(new RoleName("clerk"), "corp", kind, "böb #1", until));
  }

  private static PolicyRow invariant(Rules.Invariant.Claim claim) {
    return new PolicyRow.OfInvariant(
        new Rules.Invariant("no-self-refund", new ApiId("a"), claim, List.of("ana")));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void everyRowComesBackAndGivesTheSameBytes(PolicyRow row) {
    byte[] written = CanonicalJson.write(json -> RowJson.write(json, row));
    PolicyRow read = CanonicalJson.read(written).as(RowJson::read);
    assertThat(read).isEqualTo(row);
    assertThat(read.key()).isEqualTo(row.key());
    assertThat(CanonicalJson.write(json -> RowJson.write(json, read))).isEqualTo(written);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void keysAreShortPrintableAscii(PolicyRow row) {
    assertThat(row.key().text()).matches("[!-~]{1,700}");
  }

  /** Records are chained by hashes of this form: it must never change. */
  @Test
  void theFormIsFixed() {
    var revision =
        new Revision(
            7, 5, FROM, "ana", List.of("ben"), "why", "d1", 1, "a".repeat(64), "b", "c", false);
    assertThat(new String(RevisionJson.write(revision), UTF_8))
        .isEqualTo(
            "{\"number\":7,\"base\":5,\"at\":\"2026-01-01T00:00:00Z\",\"operator\":\"ana\","
                + "\"approvers\":[\"ben\"],\"reason\":\"why\",\"draft\":\"d1\",\"changes\":1,"
                + "\"previous\":\""
                + "a".repeat(64)
                + "\",\"root\":\"b\",\"packs\":\"c\"}");
    assertThat(RevisionJson.read(RevisionJson.write(revision))).isEqualTo(revision);
    byte[] row =
        CanonicalJson.write(json -> RowJson.write(json, new PolicyRow.OfPermission(permission())));
    assertThat(new String(row, UTF_8))
        .isEqualTo(
            "{\"permission\":{\"role\":\"clerk\",\"api\":\"a1b2\",\"id\":\"clerk-eu\","
                + "\"effect\":\"DENY\",\"stage\":\"prod\",\"methods\":[\"GET\",\"POST\"],"
                + "\"resource\":\"/users/${claims.sub}/orders/{id}/**\","
                + "\"when\":{\"StringNotEquals\":{\"claims.region\":[\"eu\",\"uk\"],"
                + "\"request.header.x-y\":[\"1\"]},"
                + "\"IpAddress\":{\"request.sourceIp\":[\"10.0.0.0/8\"]}},"
                + "\"from\":\"2026-01-01T00:00:00Z\",\"until\":\"2027-01-01T00:00:00Z\","
                + "\"note\":\"OPS-12\"}}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{}",
        "null",
        "{\"role\":{\"id\":\"x\",\"name\":\"x\",\"description\":\"\",\"inherits\":[]}} x",
        "{\"role\":{\"id\":\"x\",\"id\":\"x\",\"name\":\"x\",\"description\":\"\"}}",
        "{\"role\":{\"id\":\"x\",\"name\":\"x\",\"description\":\"\",\"inherits\":[],\"z\":1}}",
        "{\"role\":{\"id\":\"x\",\"name\":\"a#b\",\"description\":\"\",\"inherits\":[]}}",
        "{\"role\":{\"id\":1,\"name\":\"x\",\"description\":\"\",\"inherits\":[]}}",
        "{\"role\":{\"id\":\"x\",\"name\":\"x\",\"inherits\":[]}}",
        "{\"rule\":{}}",
        "{\"role\":"
      })
  void whatNoReleaseWroteIsRefused(String text) {
    assertThatThrownBy(() -> CanonicalJson.read(text.getBytes(UTF_8)).as(RowJson::read))
        .isInstanceOf(RuntimeException.class);
  }
}
