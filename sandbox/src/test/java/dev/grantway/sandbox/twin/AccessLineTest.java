package dev.grantway.sandbox.twin;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The access log has a line for every request that reached a route, cached or not. */
class AccessLineTest {

  @Test
  void everyCallHasItsLineAlsoFromTheCache() throws Exception {
    try (World world =
        World.perRoute(
            new HandWritten(HandWritten.answer(HandWritten.statement("Allow", "GET/orders"))))) {
      world.authorized("GET", "/orders");
      world.authorized("GET", "/orders");
      world.authorized("POST", "/orders");
      world.call("GET", "/orders");
      world.call("GET", "/nowhere");
      assertThat(world.accessLog).hasSize(4);
      assertThat(world.accessLog.getFirst())
          .contains("\"event\":\"access\"", "\"api\":\"a1b2c3d4e5\"", "\"stage\":\"prod\"")
          .contains("\"method\":\"GET\"", "\"path\":\"/orders\"", "\"roles\":\"clerk\"")
          .contains("\"status\":\"200\"", "\"response\":\"-\"")
          .doesNotContain("t1");
      assertThat(world.accessLog.get(2)).contains("\"response\":\"ACCESS_DENIED\"");
      assertThat(world.accessLog.get(3))
          .contains("\"response\":\"UNAUTHORIZED\"", "\"who\":\"-\"", "\"status\":\"401\"");
    }
  }
}
