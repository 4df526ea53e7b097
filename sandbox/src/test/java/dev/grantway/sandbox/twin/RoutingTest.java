package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** GATEWAY rule 8, REST. */
class RoutingTest {

  @ParameterizedTest
  @CsvSource({
    "GET, '', /",
    "GET, /, /",
    "GET, /orders, /orders",
    "GET, /orders/, /orders",
    "GET, /orders/42, /orders/{id}",
    "GET, /orders/42/, /orders/{id}",
    "POST, /orders/search, /orders/search",
    "POST, /orders/search/refunds, /orders/{id}/refunds",
    "GET, /orders/search, none",
    "GET, /orders/42/refunds, none",
    "DELETE, /files/a, /files/{path+}",
    "GET, /files/a/b/c, /files/{path+}",
    "GET, /files, none",
    "GET, /files/, none",
    "GET, /Orders, none",
    "GET, /orders%2F42, none",
    "GET, //orders, none",
    "GET, /orders//, none"
  })
  void requestTakesTheRouteThatApiGatewayWouldChoose(String method, String path, String route)
      throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      var reply = world.authorized(method, path);

      assertThat(reply.status()).isEqualTo(route.equals("none") ? 403 : 200);
      assertThat(reply.body())
          .contains(
              route.equals("none")
                  ? "Missing Authentication Token"
                  : "\"resource\" : \"" + route + "\"");
    }
  }

  @Test
  void publishedRouteIsServedAtOnce() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      assertThat(world.authorized("GET", "/invoices").status()).isEqualTo(403);
      world.routes.set(World.table("GET /invoices"));
      assertThat(world.authorized("GET", "/invoices").status()).isEqualTo(200);
    }
  }

  @Test
  void routeThatIsGoneIsNotServed() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      Route route = Route.parse("GET /old");
      var gone =
          new Route(
              route.actions(),
              route.template(),
              "",
              new TreeSet<>(),
              "",
              Route.Access.GRANTED,
              Route.State.GONE);
      world.routes.set(new RouteTable(ApiType.REST, List.of(gone)));

      assertThat(world.authorized("GET", "/old").body()).contains("Missing Authentication Token");
    }
  }

  @Test
  void apiIsFoundByNameAndById() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      for (String api : List.of("orders", "a1b2c3d4e5")) {
        assertThat(
                RawHttp.send(world.port(), "GET", "/" + api + "/prod/orders/1", "Authorization: t")
                    .status())
            .isEqualTo(200);
      }
      assertThat(world.authorizer.events).hasSize(1);
    }
  }
}
