package dev.grantway.analysis;

import static dev.grantway.analysis.World.on;
import static dev.grantway.analysis.World.permission;
import static dev.grantway.analysis.World.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.DocumentAnalysis.Deployment;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ApiType;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is found in the documents of roles, stage by stage. */
class DocumentAnalysisTest {
  private static final World ORDERS =
      World.of(
          ApiType.REST,
          "GET /orders",
          "GET /orders/{id}",
          "GET /orders/{id}/items",
          "GET /orders/{id}/refunds",
          "POST /orders/{id}/refunds",
          "GET /files/{path+}");

  private static Permission allow(String id, String what) {
    return permission(id, "staff", "ALLOW", what);
  }

  private static Permission deny(String id, String what) {
    return permission(id, "staff", "DENY", what);
  }

  private static List<Finding> findings(World world, Deployment deployment, Permission... given) {
    return DocumentAnalysis.of(world.policy(List.of(given)), World.NOW, deployment);
  }

  private static List<String> lines(World world, Deployment deployment, Permission... given) {
    return findings(world, deployment, given).stream()
        .filter(
            finding ->
                finding.about() instanceof Subject.OfRole(var role, var a, var s)
                    && role.value().equals("staff"))
        .map(f -> f.severity().text() + " " + f.code().text() + " " + f.message() + "; " + f.next())
        .toList();
  }

  private static Deployment declared(CacheKey key) {
    return new Deployment(key, CompileOptions.DEFAULTS, true);
  }

  @Test
  void whatAStarWouldHaveOpenedIsCounted() {
    assertThat(
            lines(
                ORDERS,
                declared(CacheKey.NONE),
                allow("read", "GET /orders/{id}"),
                allow("items", "GET /orders/{id}/items")))
        .containsExactly(
            "note bleed-avoided a list with `*` would also have opened 1 route to role `staff`, such"
                + " as `GET /orders/|/refunds`; nothing to do: the compiled document keeps them"
                + " closed");
    assertThat(lines(ORDERS, declared(CacheKey.NONE), allow("list", "GET /orders"))).isEmpty();
  }

  @Test
  void aDepthDeniedInsideAnAllowedGreedyRouteIsNotRepresentable() {
    Permission[] policy = {allow("all", "GET /files/**"), deny("two", "GET /files/{a}/{b}")};
    assertThat(lines(ORDERS, declared(CacheKey.TOKEN_AND_ROUTE), policy))
        .singleElement()
        .asString()
        .startsWith(
            "error not-representable no exact document exists for role `staff` under cache key"
                + " `token+route`: `GET /files/{path+}` has to be denied at `/files/")
        .endsWith("; turn caching off (cache key `none`), or decide that route as a whole");
    assertThat(
            findings(
                ORDERS,
                new Deployment(CacheKey.TOKEN_AND_ROUTE, CompileOptions.DEFAULTS, false),
                policy))
        .allMatch(finding -> finding.severity() == Severity.NOTE)
        .anyMatch(finding -> finding.code() == FindingCode.NOT_REPRESENTABLE);
    assertThat(lines(ORDERS, declared(CacheKey.NONE), policy)).isEmpty();
  }

  @Test
  void aDepthDeniedBetweenTwoAllowedOnesIsNotRepresentableUnderTokenAlone() {
    World users = World.of(ApiType.REST, "GET /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}");
    Permission[] policy = {allow("one", "GET /u/{x}"), allow("three", "GET /u/{x}/{y}/{z}")};
    assertThat(lines(users, declared(CacheKey.TOKEN), policy))
        .filteredOn(line -> line.startsWith("error "))
        .singleElement()
        .asString()
        .startsWith(
            "error not-representable no exact document exists for role `staff` under cache key"
                + " `token`: `GET /u/{x}/{y}` has to be denied at `/u/")
        .contains(", which would take a part of `GET /u/{x}/{y}/{z}`")
        .contains("(refused although granted: `")
        .endsWith("(cache key `token+route`), or turn caching off");
    assertThat(lines(users, declared(CacheKey.TOKEN_AND_ROUTE), policy))
        .noneMatch(line -> line.startsWith("error "));
  }

  @Test
  void whereNobodySaysTheCacheKeyBothAreLookedAtForNotes() {
    World users = World.of(ApiType.REST, "GET /u/{x}", "GET /u/{x}/{y}", "GET /u/{x}/{y}/{z}");
    var found =
        Deployment.UNKNOWN.stream()
            .flatMap(
                deployment ->
                    lines(
                        users,
                        deployment,
                        allow("one", "GET /u/{x}"),
                        allow("three", "GET /u/{x}/{y}/{z}"))
                        .stream())
            .toList();
    assertThat(found).allMatch(line -> line.startsWith("note "));
    assertThat(found).anyMatch(line -> line.contains("under cache key `token`: "));
  }

  @Test
  void aDocumentOverTheBudgetIsOversized() {
    var small = new CompileOptions(Duration.ofSeconds(300), 256, true, false);
    assertThat(
            lines(
                ORDERS,
                new Deployment(CacheKey.TOKEN_AND_ROUTE, small, true),
                allow("a", "GET /files/a/**"),
                allow("b", "GET /files/b/**"),
                allow("c", "GET /files/c/**")))
        .singleElement()
        .asString()
        .startsWith("error oversized the document of role `staff` under cache key `token+route`")
        .contains(" bytes of 256 (refused although granted: `GET /files/{path+}`); ");
  }

  @Test
  void aPathBeyondTheTableComesWithItsWitness() {
    World nested = World.of(ApiType.REST, "GET /t/{x}/u/{p+}");
    assertThat(lines(nested, declared(CacheKey.TOKEN_AND_ROUTE), allow("all", "GET /t/**")))
        .singleElement()
        .asString()
        .startsWith(
            "warning open-beyond-table the document of role `staff` under cache key `token+route`"
                + " also allows `/t/x/x/u/x`, which no route serves; ");
  }

  @Test
  void stagesAreToldApartWhereAPermissionDoes() {
    Permission all = allow("all", "GET /files/**");
    Permission two = on(deny("two", "GET /files/{a}/{b}"), "prod");
    assertThat(findings(ORDERS, declared(CacheKey.TOKEN_AND_ROUTE), all, two))
        .filteredOn(finding -> finding.code() == FindingCode.NOT_REPRESENTABLE)
        .extracting(finding -> finding.about().text())
        .containsExactly("lead@orders/prod", "staff@orders/prod");
  }

  @Test
  void whatIsAskedOfTheTokenCountsAsHeld() {
    var eu = new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Claim("r"), List.of("eu"));
    Permission two = when(deny("two", "GET /files/{a}/{b}"), eu);
    assertThat(
            findings(
                ORDERS, declared(CacheKey.TOKEN_AND_ROUTE), allow("all", "GET /files/**"), two))
        .anyMatch(finding -> finding.code() == FindingCode.NOT_REPRESENTABLE);
  }

  @Test
  void everyHolderOfARoleHasWhatEverybodyHas() {
    assertThat(
            findings(
                ORDERS,
                declared(CacheKey.TOKEN_AND_ROUTE),
                allow("all", "GET /files/**"),
                permission("two", "authenticated", "DENY", "GET /files/{a}/{b}")))
        .filteredOn(finding -> finding.code() == FindingCode.NOT_REPRESENTABLE)
        .extracting(finding -> finding.about().text())
        .containsExactly("lead@orders/*", "staff@orders/*");
  }

  @Test
  void aPermissionThatDecidesAPartOfARouteIsTooFineForSimpleAnswers() {
    World http = World.of(ApiType.HTTP, "GET /orders/{id}", "GET /orders/search");
    var ip =
        new Condition.Clause(
            Operator.IP_ADDRESS, new Attribute.SourceIp(), List.of("203.0.113.0/24"));
    var claim =
        new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Claim("r"), List.of("eu"));
    assertThat(http.lines(allow("one", "GET /orders/42")))
        .containsExactly(
            "note simple-not-exact permission `one` decides only a part of `GET /orders/{id}`, or"
                + " only for some requests: a simple answer would be no for all of it; let the"
                + " permission decide whole routes, or answer with policy documents");
    assertThat(http.findings(when(allow("office", "GET /orders/{id}"), ip))).hasSize(1);
    assertThat(http.findings(when(allow("eu", "GET /orders/{id}"), claim))).isEmpty();
    assertThat(http.findings(allow("all", "GET /orders/**"))).isEmpty();
    assertThat(ORDERS.findings(allow("one", "GET /orders/42"))).as("REST has none").isEmpty();
  }
}
