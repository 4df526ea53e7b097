package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No document cached for one route opens another: every pair of a realistic table. */
class PairsTest {
  private static final String[] ROUTES = {
    "GET /",
    "GET /health",
    "GET /orders",
    "POST /orders",
    "GET /orders/search",
    "POST /orders/search",
    "POST /orders/export",
    "GET /orders/{id}",
    "PUT /orders/{id}",
    "DELETE /orders/{id}",
    "GET /orders/{id}/lines",
    "POST /orders/{id}/lines",
    "GET /orders/{id}/lines/{line}",
    "PUT /orders/{id}/lines/{line}",
    "DELETE /orders/{id}/lines/{line}",
    "GET /orders/{id}/refunds",
    "POST /orders/{id}/refunds",
    "GET /orders/{id}/refunds/latest",
    "GET /orders/{id}/refunds/{refund}",
    "POST /orders/{id}/cancel",
    "ANY /orders/{id}/admin",
    "GET /orders/{id}/admin/audit",
    "GET /orders/{id}/files/{path+}",
    "GET /customers",
    "POST /customers",
    "GET /customers/{id}",
    "PATCH /customers/{id}",
    "GET /customers/me",
    "GET /customers/{id}/orders",
    "GET /customers/{id}/orders/{order}",
    "GET /customers/me/orders",
    "GET /reports/{year}",
    "GET /reports/{year}/{month}",
    "GET /reports/{year}/{month}/{day}",
    "GET /reports/2026/{month}",
    "GET /reports/latest/pdf",
    "GET /files/{path+}",
    "PUT /files/{path+}",
    "GET /files/public/{path+}",
    "GET /files/public/index",
    "ANY /proxy/{service}/{path+}"
  };

  private static final String[] POLICY = {
    "ALLOW ANY /**",
    "DENY DELETE /orders/{id}",
    "DENY ANY /orders/{id}/admin/**",
    "DENY GET /customers/{id}/orders/13"
  };

  @ParameterizedTest
  @EnumSource(
      value = ApiType.class,
      names = {"REST", "HTTP"})
  void noDocumentForOneRouteAllowsAnother(ApiType type) {
    Api api = Worlds.api(type, ROUTES);
    var requests = requests(api);
    int pairs = 0;
    for (Route route : api.routes().routes()) {
      for (Action action : route.actions()) {
        PolicyDocument document =
            Compiler.compile(
                    Worlds.compileRequest(
                        api,
                        Worlds.request(action, RequestPath.of("/"), route.template(), Map.of()),
                        Worlds.permissions(POLICY),
                        CacheKey.TOKEN_AND_ROUTE))
                .emitted()
                .document();
        for (var request : requests.entrySet()) {
          boolean same = request.getValue().equals(route);
          boolean allowed = allows(document, request.getKey());
          assertThat(allowed && !same)
              .as("%s in the document for %s: %s", request, route, document.toJson())
              .isFalse();
          pairs++;
        }
      }
    }
    System.out.println("PairsTest " + type + ": " + pairs + " requests on documents of others");
    assertThat(pairs).isGreaterThan(40 * 40);
  }

  @Test
  void everyGrantedRouteIsAllowedByItsOwnDocument() {
    Api api = Worlds.api(ApiType.REST, ROUTES);
    for (var request : requests(api).entrySet()) {
      Route route = request.getValue();
      String[] parts = request.getKey().split(" ");
      PolicyDocument document =
          Compiler.compile(
                  Worlds.compileRequest(
                      api,
                      Worlds.request(
                          Action.valueOf(parts[0]),
                          RequestPath.of("/"),
                          route.template(),
                          Map.of()),
                      Worlds.permissions("ALLOW ANY /**"),
                      CacheKey.TOKEN_AND_ROUTE))
              .emitted()
              .document();
      assertThat(allows(document, request.getKey()) || !RequestPath.of(parts[1]).isRegular())
          .as("%s in its own document %s", request, document.toJson())
          .isTrue();
    }
  }

  private static boolean allows(PolicyDocument document, String request) {
    String[] parts = request.split(" ");
    return IamEvaluator.evaluate(
            document,
            Worlds.ARN.arn(Action.valueOf(parts[0]), parts[1]),
            IamContext.of(Worlds.NOW, "203.0.113.9"))
        == Verdict.ALLOW;
  }

  /** Requests by the route that they reach: plain, with the literals of others, irregular. */
  private static Map<String, Route> requests(Api api) {
    var requests = new LinkedHashMap<String, Route>();
    for (Route route : api.routes().routes()) {
      for (String value :
          List.of("42", "search", "me", "orders", "latest", "a%20b", "x;y", "13", "%6de")) {
        String path =
            route
                .template()
                .toString()
                .replaceAll("\\{[a-z]+\\+}", value + "/b/" + value)
                .replaceAll("\\{[a-z]+}", value);
        for (String variant : List.of(path, path + "/", path + "/x", "/" + path)) {
          for (Action action : new ArrayList<>(route.actions())) {
            api.routes()
                .route(action, RequestPath.of(variant))
                .ifPresent(chosen -> requests.put(action + " " + variant, chosen));
          }
        }
      }
    }
    return requests;
  }
}
