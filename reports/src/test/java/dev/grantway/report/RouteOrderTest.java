package dev.grantway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.analysis.Grant;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class RouteOrderTest {
  private final Route known = Route.parse("GET /orders");
  private final RouteOrder order = new RouteOrder(List.of("prod"), List.of(known));

  private static Grant grant(Route route) {
    return new Grant(
        new RoleName("clerk"),
        route,
        route.actions().iterator().next(),
        Grant.Access.ALLOWED,
        false,
        false,
        new TreeSet<>());
  }

  @Test
  void whatIsNotPutInOrderIsNotTakenForTheFirst() {
    order.count("prod", grant(known));
    assertThat(order.parts(10)).hasSize(1);
    assertThatThrownBy(() -> order.count("prod", grant(Route.parse("GET /carts"))))
        .hasMessageContaining("`GET /carts` in `prod`");
    assertThatThrownBy(() -> order.count("test", grant(known))).hasMessageContaining("in `test`");
  }
}
