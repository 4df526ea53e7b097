package dev.grantway.imports;

import static dev.grantway.imports.World.findings;
import static dev.grantway.imports.World.openApi;
import static dev.grantway.imports.World.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Routes come from OpenAPI as they are, are never dropped, and a second time change nothing. */
class RouteImportTest {
  private static final String ORDERS =
      """
      openapi: 3.0.3
      info: {title: orders, version: "1"}
      paths:
        /orders:
          get:
            operationId: listOrders
            responses: &fine {"200": {description: fine}}
          post:
            deprecated: true
            x-grantway-roles: [clerk]
            responses: {"200": {description: fine}}
        /orders/{orderId}/refund:
          post:
            operationId: refundOrder
            x-grantway-tags: [money, personal]
            x-grantway-owner: team-money
            parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
            responses: {"200": {description: fine}}
        /orders/{orderId}:
          parameters: [{name: orderId, in: path, required: true, schema: {type: string}}]
          get:
            responses: {"200": {description: fine}}
        /health:
          get: {responses: *fine}
          x-grantway-access: public
      """;

  private static Function<String, Route> routes(World world) {
    Api api = world.policy().api(new ApiId("a1")).orElseThrow();
    return text -> api.routes().written(text).orElseThrow();
  }

  @Test
  void everyRouteIsNewChangedGoneOrUnchanged() {
    DryRun run = World.orders().dryRun(openApi("orders"), ORDERS);
    assertThat(findings(run)).isEmpty();
    assertThat(rows(run))
        .containsExactly(
            "changed route GET /orders 5:5: operation `` → `listOrders`",
            "new route POST /orders 8:5",
            "new route POST /orders/{orderId}/refund 13:5: was `POST /orders/{id}/refunds`: the same"
                + " operation `refundOrder`",
            "changed route GET /orders/{orderId} 21:5: path `/orders/{id}` → `/orders/{orderId}`",
            "new route GET /health 24:5",
            "gone route POST /orders/{id}/refunds: is now `POST /orders/{orderId}/refund`: its"
                + " permissions do not follow by themselves",
            "new permission orders-clerk-post-orders 10:7: allows role `clerk` `POST /orders` in"
                + " every stage");
    assertThat(run.orphans())
        .singleElement()
        .satisfies(it -> assertThat(it.permission().id().value()).isEqualTo("refund"))
        .satisfies(it -> assertThat(it.now()).isTrue());
  }

  @Test
  void whatIsGoneIsKeptAndWhatIsSaidIsThere() {
    World after = World.orders().with(World.orders().dryRun(openApi("orders"), ORDERS));
    Function<String, Route> route = routes(after);
    assertThat(route.apply("POST /orders/{id}/refunds").state()).isEqualTo(Route.State.GONE);
    assertThat(route.apply("POST /orders/{id}/refunds").owner()).isEqualTo("team-orders");
    assertThat(route.apply("POST /orders").state()).isEqualTo(Route.State.DEPRECATED);
    assertThat(route.apply("GET /health").access()).isEqualTo(Route.Access.PUBLIC);
    assertThat(route.apply("GET /health").state()).isEqualTo(Route.State.NEW);
    assertThat(route.apply("POST /orders/{orderId}/refund").tags())
        .containsExactly("money", "personal");
    assertThat(route.apply("GET /orders").state()).isEqualTo(Route.State.CURRENT);
    assertThat(after.policy().permissions().stream().map(Permission::id).map(Object::toString))
        .contains("orders-clerk-post-orders");
  }

  @Test
  void aSecondTimeNothingChanges() {
    World after = World.orders().with(World.orders().dryRun(openApi("orders"), ORDERS));
    DryRun again = after.dryRun(openApi("orders"), ORDERS);
    assertThat(again.changes()).isEmpty();
    assertThat(again.rows())
        .allSatisfy(it -> assertThat(it.outcome()).isEqualTo(ImportRow.Outcome.UNCHANGED));
    assertThat(again.orphans()).singleElement().satisfies(it -> assertThat(it.now()).isFalse());
  }

  @Test
  void whatComesBackIsNewAndWhatIsNoLongerDeprecatedIsCurrent() {
    World gone = World.orders().with(World.orders().dryRun(openApi("orders"), ORDERS));
    String back =
        ORDERS
            .replace("/orders/{orderId}/refund:", "/orders/{orderId}/refunds:")
            .replace("deprecated: true", "deprecated: false");
    World after = gone.with(gone.dryRun(openApi("orders"), back));
    assertThat(routes(after).apply("POST /orders/{orderId}/refunds").state())
        .isEqualTo(Route.State.NEW);
    assertThat(routes(after).apply("POST /orders").state()).isEqualTo(Route.State.CURRENT);
    assertThat(routes(after).apply("POST /orders/{orderId}/refund").state())
        .isEqualTo(Route.State.GONE);
  }

  @Test
  void aFirstTableHasNoNewRoutes() {
    DryRun run =
        World.orders()
            .dryRun(
                openApi("web"),
                """
                {
                \t"openapi": "3.1.0",
                \t"paths": {
                \t\t"/$default": {"x-amazon-apigateway-any-method": {}},
                \t\t"/files/{path+}": {"x-amazon-apigateway-any-method": {}},
                \t\t"/a": {"$ref": "#/components/pathItems/a"}
                \t},
                \t"components": {"pathItems": {"a": {"get": {"tags": ["x"]}}}}
                }
                """);
    assertThat(rows(run))
        .containsExactly(
            "new route $default 4:17", "new route ANY /files/{path+} 5:22", "new route GET /a 6:3");
    World after = World.orders().with(run);
    assertThat(after.policy().api(new ApiId("w1")).orElseThrow().routes().routes())
        .extracting(Route::state)
        .containsOnly(Route.State.CURRENT);
  }

  @Test
  void oneWrongRowAddsNothingAndAllAreSaid() {
    DryRun run =
        World.orders()
            .dryRun(
                openApi("orders"),
                """
                openapi: 3.0.3
                info: {title: orders, version: "1"}
                x-grantway-ower: me
                paths:
                  /orders/{id}:activate:
                    get: {responses: {"200": {description: fine}}}
                  /fine:
                    get: {responses: {"200": {description: fine}}, x-grantway-roles: [clerck]}
                  /b/{x}:
                    get: {x-grantway-access: open}
                  /b/{y}:
                    get: {x-grantway-roles: clerk}
                """);
    assertThat(run.rows()).isEmpty();
    assertThat(run.changes()).isEmpty();
    assertThat(findings(run))
        .extracting(it -> it.substring(0, it.indexOf(' ', it.indexOf("error") + 6)))
        .containsExactly(
            "api.yaml:3:1: error unknown-key",
            "api.yaml:6:5: error bad-route",
            "api.yaml:8:52: error unknown-role",
            "api.yaml:10:11: error bad-value",
            "api.yaml:12:5: error bad-route",
            "api.yaml:12:11: error wrong-type");
    assertThat(String.join("\n", findings(run)))
        .contains("the nearest known one is `x-grantway-owner`")
        .contains("add it first, or name `clerk`");
  }

  @Test
  void nothingIsFetched() {
    String document =
        """
        openapi: 3.0.3
        info: {title: orders, version: "1"}
        paths:
          /a: {$ref: "http://127.0.0.1:1/paths.yaml#/a"}
          /b:
            get:
              responses:
                "200": {description: fine, content: {a/b: {schema: {$ref: "./other.yaml#/x"}}}}
                "201": {$ref: "file:///etc/passwd"}
          /c: {$ref: "#/components/pathItems/none"}
        """;
    DryRun run = World.orders().dryRun(openApi("orders"), document);
    assertThat(findings(run))
        .hasSize(3)
        .allSatisfy(it -> assertThat(it).contains("error remote-reference reference `"));
    assertThat(findings(run).getFirst()).startsWith("api.yaml:4:14: ");
    DryRun local =
        World.orders()
            .dryRun(
                openApi("orders"),
                "openapi: 3.1.0\npaths:\n  /c: {$ref: '#/components/pathItems/none'}\n");
    assertThat(findings(local))
        .singleElement()
        .asString()
        .startsWith("api.yaml:3:3: error unknown-reference ");
  }

  @Test
  void laughsLevelsKeysAndSizesAreRefusedWithTheirPlaces() {
    var laughs = new StringBuilder("openapi: 3.0.3\na0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 12; i++) {
      String before = "*a" + (i - 1);
      laughs.append("a" + i + ": &a" + i + " [");
      laughs.append(String.join(", ", Collections.nCopies(10, before))).append("]\n");
    }
    assertThat(only(laughs.toString())).contains("api.yaml:8:").contains("error import-too-big");
    assertThat(only("openapi: 3.0.3\nx: " + "[".repeat(100_000))).contains("error too-deep");
    assertThat(only("openapi: 3.0.3\nx: &x {y: *x}\n")).contains("api.yaml:2:11: error alias");
    assertThat(only("openapi: 3.0.3\nopenapi: 3.0.3\n")).contains(":2:1: error duplicate-key");
    assertThat(only("openapi: 3.0.3\npaths:\n  /a: [\n")).contains("error syntax");
    assertThat(only("openapi: 3.0.3\npaths:\n\t/a: x\n")).startsWith("api.yaml:3:1: error syntax");
    assertThat(only("openapi: 3.0.3\nx: !!java.net.URL [a]\n")).contains("error syntax tags");
    assertThat(only("swagger: '2.0'\npaths: {}\n")).contains("convert it to OpenAPI 3");
    assertThat(only("openapi: 3.0.3\npaths: {}\n")).contains("every route would be gone");
    assertThat(only("openapi: 3.0.3\n---\nopenapi: 3.0.3\n")).contains("a second document");
    DryRun big = World.orders().dryRun(openApi("orders"), new byte[50 << 20]);
    assertThat(findings(big))
        .containsExactly(
            "api.yaml:1:1: error import-too-big file has 52428800 bytes, more than 16777216; split"
                + " it by API or by role");
    assertThat(findings(World.orders().dryRun(openApi("orders"), new byte[] {(byte) 0xC3, 0x28})))
        .singleElement()
        .asString()
        .contains("error not-utf8");
  }

  private static String only(String document) {
    List<String> findings = findings(World.orders().dryRun(openApi("orders"), document));
    assertThat(findings).hasSize(1);
    return findings.getFirst();
  }

  @Test
  void theApiIsNamedWhereThereAreSeveral() {
    assertThat(findings(World.orders().dryRun(openApi(""), ORDERS)).getFirst())
        .contains("error which-api the policy has 2 APIs; name the one whose routes these are");
    assertThat(findings(World.orders().dryRun(openApi("order"), ORDERS)).getFirst())
        .contains("error unknown-api API `order` is not in the policy; add it first, or name");
  }

  @Test
  void whatOpenApiAsksForIsSaidAtTheOperationAndStopsNothing() {
    DryRun run =
        World.orders()
            .dryRun(
                openApi("orders"),
                "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n  /a:\n    get: {}\n    trace:"
                    + " {}\n");
    assertThat(run.isRefused()).isFalse();
    assertThat(findings(run))
        .anySatisfy(
            it ->
                assertThat(it)
                    .startsWith(
                        "api.yaml:5:5: warning openapi-rule OpenAPI asks for more: `attribute")
                    .contains("responses"))
        .anySatisfy(it -> assertThat(it).startsWith("api.yaml:6:5: warning no-route TRACE"));
    assertThat(rows(run)).contains("new route GET /a 5:5");
  }

  private static final String REFERRING =
      """
      openapi: 3.1.0
      paths:
        /orders:
          $ref: '#/components/pathItems/o'
          delete: {operationId: dropOrders}
          x-grantway-owner: team-paths
          x-grantway-roles: [clerk]
        /orders/{id}:
          $ref: '#/paths/~1orders~1%7Bid%7D~1all'
        /orders/{id}/all:
          post: {}
        /plain:
          $ref: '#/paths/~1orders~1{id}~1all'
        /a+b:
          $ref: '#/paths/~1c+d'
        /c+d:
          put: {}
      components:
        pathItems:
          o:
            $ref: '#/components/pathItems/p'
            post: {}
            x-grantway-owner: team-components
          p:
            get: {x-grantway-owner: team-get}
            x-grantway-tags: [shared]
      """;

  @Test
  void whatStandsBesideAReferenceIsReadWithWhatItRefersTo() {
    DryRun run = World.orders().dryRun(openApi("orders"), REFERRING);
    assertThat(run.isRefused()).as("%s", findings(run)).isFalse();
    assertThat(rows(run))
        .containsExactly(
            "new route DELETE /orders 5:5",
            "new route POST /orders 3:3",
            "changed route GET /orders 3:3: tags `[]` → `[shared]`, owner `` → `team-get`",
            "new route POST /orders/{id} 8:3",
            "new route POST /orders/{id}/all 11:5",
            "new route POST /plain 12:3",
            "new route PUT /a+b 14:3",
            "new route PUT /c+d 17:5",
            "gone route POST /orders/{id}/refunds",
            "gone route GET /orders/{id}",
            "new permission orders-clerk-dropOrders 7:5: allows role `clerk` `DELETE /orders` in every"
                + " stage",
            "new permission orders-clerk-post-orders 7:5: allows role `clerk` `POST /orders` in"
                + " every stage");
    Function<String, Route> route = routes(World.orders().with(run));
    assertThat(route.apply("DELETE /orders").owner()).isEqualTo("team-paths");
    assertThat(route.apply("POST /orders").owner()).isEqualTo("team-paths");
    assertThat(route.apply("POST /orders").tags()).containsExactly("shared");
    assertThat(route.apply("GET /orders").owner()).isEqualTo("team-get");
  }

  @Test
  void operationsOnBothSidesOfAReferenceAreErrorsWithTheirPlaces() {
    DryRun run =
        World.orders()
            .dryRun(
                openApi("orders"),
                REFERRING
                    .replace("{get: {x-", "{x-")
                    .replace("delete: {", "get: {}\n    delete: {"));
    assertThat(findings(run))
        .containsExactly(
            "api.yaml:5:5: error bad-reference operation `get` stands beside a reference to a path"
                + " item that has one too; keep one of them: OpenAPI does not say which counts");
    String unknown = REFERRING.replace("delete: {operationId", "x-grantway-ower: me\n    put: {x");
    assertThat(findings(World.orders().dryRun(openApi("orders"), unknown)))
        .singleElement()
        .asString()
        .startsWith("api.yaml:5:5: error unknown-key annotation `x-grantway-ower`");
  }

  @Test
  void referencesThatNameNothingAreErrors() {
    String paths = "openapi: 3.1.0\nx: {get: {}}\npaths:\n  /ok: {get: {}}\n";
    for (String reference :
        List.of("#", "#/paths/~1o%7", "#/paths/~1o%zz", "#/paths/~3", "#paths", "#/paths/~1o+k")) {
      assertThat(only(paths + "  /a: {$ref: '" + reference + "'}\n"))
          .as(reference)
          .startsWith("api.yaml:5:3: error unknown-reference reference `" + reference + "`");
    }
    String round = paths + "  /a: {$ref: '#/paths/~1b', put: {}}\n  /b: {$ref: '#/paths/~1a'}\n";
    assertThat(findings(World.orders().dryRun(openApi("orders"), round)))
        .hasSize(2)
        .allSatisfy(it -> assertThat(it).contains("error unknown-reference"));
    assertThat(only(paths + "  /a: {$ref: '%23/paths/~1ok'}\n")).contains("remote-reference");
  }

  @Test
  void mergeKeysAreErrorsWhereTheyWouldLoseSomething() {
    assertThat(
            only(
                """
                openapi: 3.0.3
                x-common: &common
                  get: {}
                paths:
                  /a:
                    <<: *common
                    put: {}
                """))
        .isEqualTo(
            "api.yaml:6:5: error unknown-key key `<<` merges nothing in YAML 1.2; write out what it"
                + " was to bring");
    String deep =
        """
        openapi: 3.0.3
        <<: {x: y}
        x-op: &op {responses: {"200": {<<: {description: fine}}}}
        paths:
          <<: {/b: {}}
          /a: {get: *op, put: {<<: *op}}
          /b: {$ref: '#/components/pathItems/b'}
        components:
          schemas: {Money: {<<: {type: object}}}
          pathItems: {b: {<<: {get: {}}}}
        """;
    assertThat(findings(World.orders().dryRun(openApi("orders"), deep)))
        .extracting(it -> it.substring(0, it.indexOf(" error unknown-key key `<<`")))
        .containsExactly(
            "api.yaml:2:1:",
            "api.yaml:3:32:",
            "api.yaml:5:3:",
            "api.yaml:6:24:",
            "api.yaml:10:19:");
    String schema =
        "openapi: 3.0.3\npaths: {/a: {get: {}}}\ncomponents: {schemas: {M: {<<: {type: object}}}}\n";
    assertThat(World.orders().dryRun(openApi("orders"), schema).isRefused()).isFalse();
  }

  private static String kind(String text) {
    return ImportKind.guess(text).map(ImportKind::text).orElse("none");
  }

  @Test
  void theFileTellsWhatItIs() {
    assertThat(
            List.of(
                    ORDERS,
                    World.ORDERS,
                    "{\"openapi\": \"3.0.3\"}",
                    "{\n  \"openapi\" : \"3.0.1\",\n  \"info\" : {}\n}",
                    "\uFEFF{\"components\":{\"a\":[{\"grantway\":1}]},\"info\":{},\"openapi\":\"3.0.1\"}",
                    "{\n\t\"info\": {},\n\t\"openapi\": \"3.1.0\"\n}",
                    "# Orders API, v2\nopenapi: 3.0.3\n",
                    "# Orders: who, what\n---\n'grantway': 1\n",
                    "info: {openapi: no}\n\"openapi\" : 3.0.3\n",
                    "swagger: '2.0'\n",
                    "openapi: 3.0.3\npaths: [\n",
                    "{\"info\": {,}, \"openapi\" : \"3.0.3\"}")
                .stream()
                .map(RouteImportTest::kind)
                .toList())
        .containsExactly(
            "openapi", "policy", "openapi", "openapi", "openapi", "openapi", "openapi", "policy",
            "openapi", "openapi", "openapi", "openapi");
    assertThat(
            List.of(
                    "role,id,api,resource\n",
                    "\uFEFF\"role\",\"id\",\"api\",\"resource\"\r\nx",
                    "\n\nresource,note\n",
                    "role;id;api;resource\r\n",
                    "role,issuer,subject\n",
                    "role\tissuer\tgroup\n")
                .stream()
                .map(RouteImportTest::kind)
                .toList())
        .containsExactly(
            "csv-permissions",
            "csv-permissions",
            "csv-permissions",
            "csv-permissions",
            "csv-assignments",
            "csv-assignments");
    for (String none :
        List.of(
            "hello: you\n",
            "role,colour\n",
            "role",
            "",
            "- openapi\n- openapi: 3.0.3\n",
            "x: {openapi: 3.0.3}\n",
            "x: openapi\n",
            "[".repeat(100_000),
            "\n".repeat(100_000),
            "\u0000\u0001")) {
      assertThat(ImportKind.guess(none))
          .as(none.substring(0, Math.min(20, none.length())))
          .isEmpty();
    }
  }
}
