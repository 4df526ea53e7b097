package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Template;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** COMP-04: what depends on time and address is written into the document. */
class CellsTest {
  private static final Template TEMPLATE = Template.parse("/orders/{id}");
  private static final Api API =
      Worlds.api(ApiType.REST, "GET /orders/{id}", "GET /orders/{id}/x", "GET /orders/search");
  private static final List<String> PATHS = List.of("/orders/1", "/orders/2", "/orders/search");
  private static final List<String> ADDRESSES =
      List.of("10.1.2.3", "10.1.0.0", "10.200.0.1", "192.0.2.1", "2001:db8::1", "::1");

  @Test
  void onlyBoundariesWithinTheTtlCutTime() {
    Instant end = Worlds.NOW.plusSeconds(200);
    Permission ending = until("ALLOW GET /orders/{id}", end);
    assertThat(compile(List.of(ending), 300).emitted().json())
        .contains("\"DateLessThan\":{\"aws:CurrentTime\":[\"2026-06-01T12:03:20Z\"]}");
    assertThat(compile(List.of(ending), 100).emitted().json()).doesNotContain("Condition");
    assertThat(compile(List.of(until("ALLOW GET /orders/{id}", Worlds.NOW)), 300).emitted().proof())
        .isEqualTo(Compilation.Proof.NOTHING_ALLOWED);
  }

  @Test
  void aDenyThatBeginsIsThereFromThatSecondOn() {
    Instant begin = Worlds.NOW.plusSeconds(60);
    Permission deny =
        Worlds.permission(
            "DENY GET /orders/1", Condition.NONE, new Validity(begin, begin.plusSeconds(60)));
    PolicyDocument document =
        compile(List.of(Worlds.permission("ALLOW GET /orders/{id}"), deny), 300)
            .emitted()
            .document();
    assertThat(allows(document, "/orders/1", begin.minusSeconds(1), "")).isTrue();
    assertThat(allows(document, "/orders/1", begin, "")).isFalse();
    assertThat(allows(document, "/orders/1", begin.plusSeconds(59), "")).isFalse();
    assertThat(allows(document, "/orders/1", begin.plusSeconds(60), "")).isTrue();
    assertThat(allows(document, "/orders/2", begin, "")).isTrue();
  }

  @Test
  void aKeyThatApiGatewayDoesNotFillDenies() {
    var request = IamContext.of(Worlds.NOW, "10.1.2.3");
    for (Permission permission :
        List.of(
            until("ALLOW GET /orders/{id}", Worlds.NOW.plusSeconds(60)),
            when("ALLOW GET /orders/{id}", Operator.IP_ADDRESS, "10.0.0.0/8"),
            when("ALLOW GET /orders/{id}", Operator.NOT_IP_ADDRESS, "192.0.2.0/24"))) {
      PolicyDocument document = compile(List.of(permission), 300).emitted().document();
      assertThat(evaluate(document, "/orders/1", request)).isEqualTo(Verdict.ALLOW);
      assertThat(evaluate(document, "/orders/1", new IamContext(Map.of())))
          .as(document.toJson())
          .isNotEqualTo(Verdict.ALLOW);
    }
    for (Permission permission :
        List.of(
            until("DENY GET /orders/{id}", Worlds.NOW.plusSeconds(60)),
            when("DENY GET /orders/{id}", Operator.IP_ADDRESS, "192.0.2.0/24"),
            when("DENY GET /orders/{id}", Operator.NOT_IP_ADDRESS, "10.0.0.0/8"))) {
      PolicyDocument document =
          compile(List.of(permission, Worlds.permission("ALLOW GET /orders/{id}")), 300)
              .emitted()
              .document();
      assertThat(evaluate(document, "/orders/1", new IamContext(Map.of())))
          .as(document.toJson())
          .isNotEqualTo(Verdict.ALLOW);
    }
  }

  @Test
  void rolesHeldUntilAnInstantEndWithIt() {
    Instant end = Worlds.NOW.plusSeconds(60);
    var request =
        new CompileRequest(
            API,
            request(),
            Worlds.permissions("ALLOW GET /orders/{id}"),
            Worlds.ARN,
            CacheKey.TOKEN_AND_ROUTE,
            Map.of(Worlds.ROLE, end),
            CompileOptions.DEFAULTS);
    PolicyDocument document = Compiler.compile(request).emitted().document();
    assertThat(allows(document, "/orders/1", end.minusSeconds(1), "")).isTrue();
    assertThat(allows(document, "/orders/1", end, "")).isFalse();
  }

  @Test
  void withoutConditionsWhatMayEndCountsAsEndedAndWhatMayBeginAsBegun() {
    Instant soon = Worlds.NOW.plusSeconds(60);
    Permission open = Worlds.permission("ALLOW GET /orders/{id}");
    Permission begins =
        Worlds.permission("DENY GET /orders/1", Condition.NONE, new Validity(soon, null));
    var off = new CompileOptions(Duration.ofSeconds(300), 8192, false, false);
    assertThat(compile(List.of(until("ALLOW GET /orders/{id}", soon)), off).emitted().proof())
        .isEqualTo(Compilation.Proof.NOTHING_ALLOWED);
    Compilation begun = compile(List.of(open, begins), off);
    assertThat(begun.emitted().json()).doesNotContain("Condition").contains("GET/orders/1");
    assertThat(allows(begun.emitted().document(), "/orders/2", Worlds.NOW, "")).isTrue();
    Permission office = when("ALLOW GET /orders/{id}", Operator.IP_ADDRESS, "10.0.0.0/8");
    assertThat(compile(List.of(office), off).emitted().proof())
        .isEqualTo(Compilation.Proof.NOTHING_ALLOWED);
  }

  /** GATEWAY, law of the key. */
  @Test
  void headersOutsideTheKeyAreFalseOnAnAllowAndTrueOnADeny() {
    var tenant =
        new Condition.Clause(
            Operator.STRING_EQUALS, new Attribute.Header("X-Tenant"), List.of("acme"));
    Permission allow =
        Worlds.permission(
            "ALLOW GET /orders/{id}", new Condition(List.of(tenant)), Validity.ALWAYS);
    Permission deny =
        Worlds.permission("DENY GET /orders/1", new Condition(List.of(tenant)), Validity.ALWAYS);
    Permission open = Worlds.permission("ALLOW GET /orders/{id}");
    var inKey = new CacheKey(DocumentScope.ROUTE, Set.of("x-tenant"), Set.of());
    assertThat(opens(List.of(allow), CacheKey.TOKEN_AND_ROUTE, "acme", "/orders/1")).isFalse();
    assertThat(opens(List.of(allow), inKey, "acme", "/orders/1")).isTrue();
    assertThat(opens(List.of(allow), inKey, "other", "/orders/1")).isFalse();
    assertThat(opens(List.of(open, deny), CacheKey.TOKEN_AND_ROUTE, "other", "/orders/1"))
        .isFalse();
    assertThat(opens(List.of(open, deny), inKey, "other", "/orders/1")).isTrue();
    assertThat(opens(List.of(open, deny), CacheKey.TOKEN_AND_ROUTE, "acme", "/orders/2")).isTrue();
    assertThat(opens(List.of(allow), CacheKey.NONE, "acme", "/orders/1")).isTrue();
  }

  @Test
  void moreThanSixteenCellsAreTooMany() {
    var permissions = new ArrayList<Permission>();
    for (int i = 1; i <= 16; i++) {
      permissions.add(until("ALLOW GET /orders/" + i, Worlds.NOW.plusSeconds(i)));
    }
    assertThat(compile(permissions, 300)).isInstanceOf(TooLarge.class);
    assertThat(compile(permissions.subList(0, 15), 300)).isInstanceOf(Compiled.class);
  }

  /** Random windows and blocks, at every second and from addresses of every class. */
  @Test
  void everyCellIsDecidedAsItIs() {
    long seed = System.nanoTime();
    System.out.println("CellsTest seed " + seed);
    var random = new Random(seed);
    int compared = 0;
    for (int i = 0; i < 150; i++) {
      var permissions = new ArrayList<Permission>();
      for (int p = 0; p <= random.nextInt(4); p++) {
        permissions.add(permission(random));
      }
      var options = new CompileOptions(Duration.ofSeconds(9), 65536, true, random.nextBoolean());
      Compilation compilation = compile(permissions, options);
      if (compilation instanceof Compiled(var document, var json, var proof)) {
        for (int second = 0; second <= 9; second++) {
          for (String address : ADDRESSES) {
            compared += compare(permissions, document, second, address, "seed " + seed);
          }
        }
      } else {
        assertThat(compilation).isInstanceOf(TooLarge.class);
      }
    }
    assertThat(compared).isGreaterThan(10_000);
  }

  private static int compare(
      List<Permission> permissions,
      PolicyDocument document,
      int second,
      String address,
      String seed) {
    Instant at = Worlds.NOW.plusSeconds(second);
    for (String path : PATHS) {
      AccessRequest request = request();
      var then =
          new AccessRequest(
              request.api(),
              request.stage(),
              request.action(),
              RequestPath.of(path),
              null,
              request.principal(),
              new RequestContext(address, Map.of(), Map.of(), at));
      boolean decided =
          !path.endsWith("search") && Decisions.decide(API, then, permissions).isAllowed();
      assertThat(allows(document, path, at, address))
          .as("%s: %s at %s from %s: %s", seed, permissions, at, address, document.toJson())
          .isEqualTo(decided);
    }
    return PATHS.size();
  }

  private static Permission permission(Random random) {
    String effect = random.nextInt(3) == 0 ? "DENY" : "ALLOW";
    String pattern = List.of("/orders/{id}", "/orders/1", "/orders/**").get(random.nextInt(3));
    var clauses = new TreeMap<Operator, Condition.Clause>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Condition.Clause clause = clause(random);
      clauses.put(clause.operator(), clause);
    }
    Validity validity =
        random.nextInt(3) > 0
            ? Validity.ALWAYS
            : new Validity(
                Worlds.NOW.plusSeconds(random.nextInt(5) - 2),
                Worlds.NOW.plusSeconds(4 + random.nextInt(9)));
    return Worlds.permission(
        effect + " GET " + pattern, new Condition(List.copyOf(clauses.values())), validity);
  }

  private static Condition.Clause clause(Random random) {
    if (random.nextInt(3) == 0) {
      Operator operator =
          List.of(
                  Operator.DATE_LESS_THAN,
                  Operator.DATE_LESS_THAN_EQUALS,
                  Operator.DATE_GREATER_THAN,
                  Operator.DATE_GREATER_THAN_EQUALS)
              .get(random.nextInt(4));
      Instant at = Worlds.NOW.plusMillis(500L * random.nextInt(20));
      return new Condition.Clause(operator, new Attribute.Now(), List.of(at.toString()));
    }
    Operator operator =
        List.of(Operator.IP_ADDRESS, Operator.NOT_IP_ADDRESS).get(random.nextInt(2));
    var blocks =
        List.of(
            "10.0.0.0/8", "10.1.0.0/16", "10.1.2.3", "192.0.2.0/24", "2001:db8::/32", "0.0.0.0/0");
    var values = new ArrayList<String>();
    for (int i = 0; i <= random.nextInt(2); i++) {
      values.add(blocks.get(random.nextInt(blocks.size())));
    }
    return new Condition.Clause(operator, new Attribute.SourceIp(), values);
  }

  private static Permission until(String text, Instant end) {
    return Worlds.permission(text, Condition.NONE, new Validity(null, end));
  }

  private static Permission when(String text, Operator operator, String block) {
    var clause = new Condition.Clause(operator, new Attribute.SourceIp(), List.of(block));
    return Worlds.permission(text, new Condition(List.of(clause)), Validity.ALWAYS);
  }

  private static Compilation compile(List<Permission> permissions, int ttl) {
    return compile(permissions, new CompileOptions(Duration.ofSeconds(ttl), 8192, true, false));
  }

  private static Compilation compile(List<Permission> permissions, CompileOptions options) {
    return Compiler.compile(
        new CompileRequest(
            API, request(), permissions, Worlds.ARN, CacheKey.TOKEN_AND_ROUTE, Map.of(), options));
  }

  private static boolean opens(
      List<Permission> permissions, CacheKey key, String tenant, String path) {
    AccessRequest plain = Worlds.request(Action.GET, RequestPath.of(path), TEMPLATE, Map.of());
    var request =
        new AccessRequest(
            plain.api(),
            plain.stage(),
            plain.action(),
            plain.path(),
            TEMPLATE,
            plain.principal(),
            new RequestContext("", Map.of("X-Tenant", List.of(tenant)), Map.of(), Worlds.NOW));
    Compilation compilation =
        Compiler.compile(Worlds.compileRequest(API, request, permissions, key));
    return allows(compilation.emitted().document(), path, Worlds.NOW, "");
  }

  private static AccessRequest request() {
    return Worlds.request(Action.GET, RequestPath.of("/"), TEMPLATE, Map.of());
  }

  private static boolean allows(PolicyDocument document, String path, Instant at, String address) {
    return evaluate(document, path, IamContext.of(at, address)) == Verdict.ALLOW;
  }

  private static Verdict evaluate(PolicyDocument document, String path, IamContext context) {
    return IamEvaluator.evaluate(document, Worlds.ARN.arn(Action.GET, path), context);
  }
}
