package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static dev.grantway.sandbox.twin.HandWritten.answer;
import static dev.grantway.sandbox.twin.HandWritten.statement;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** GATEWAY, "Caching": the document is kept by identity sources and evaluated afresh. */
class CacheTest {

  @Test
  void cachedDocumentIsEvaluatedAfreshForEachRequest() throws Exception {
    try (World world = World.perToken(allowing("GET/orders/42"))) {
      var first = world.authorized("GET", "/orders/42");
      var second = world.authorized("GET", "/orders/43");
      var third = world.authorized("GET", "/orders/42");

      assertThat(List.of(first.status(), second.status(), third.status()))
          .containsExactly(200, 403, 200);
      assertThat(first.header("x-twin-cache")).isEqualTo("miss");
      assertThat(second.header("x-twin-cache")).isEqualTo("hit");
      assertThat(third.header("x-twin-cache")).isEqualTo("hit");
      assertThat(world.authorizer.events).hasSize(1);
    }
  }

  @Test
  void underTokenAloneACachedStarOpensOtherRoutes() throws Exception {
    try (World world = World.perToken(allowing("*"))) {
      world.authorized("GET", "/orders/42");
      world.authorizer.behaviour = event -> answer(statement("Deny", "*"));

      assertThat(world.authorized("POST", "/orders/42/refunds").status()).isEqualTo(200);
    }
  }

  @Test
  void tokenAndRouteKeepsRoutesAndTokensApart() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      assertThat(world.authorized("GET", "/orders/1").header("x-twin-cache")).isEqualTo("miss");
      assertThat(world.authorized("GET", "/orders/2").header("x-twin-cache")).isEqualTo("hit");
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("miss");
      assertThat(world.authorized("POST", "/orders").header("x-twin-cache")).isEqualTo("miss");
      assertThat(world.call("GET", "/orders/1", "authorization: Bearer t2").header("x-twin-cache"))
          .isEqualTo("miss");
      assertThat(world.call("GET", "/orders/1", "AUTHORIZATION: Bearer t1").header("x-twin-cache"))
          .isEqualTo("hit");
    }
  }

  @Test
  void entryEndsWithTheTtl() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      world.authorized("GET", "/orders");
      world.clock.advance(World.TTL.minusNanos(1));
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("hit");
      world.clock.advance(Duration.ofNanos(1));
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("miss");
    }
  }

  /** Or a stall of the twin would keep an old answer past the flush that ends all of its time. */
  @Test
  void answerLaterThanTheTimeoutIsNotKept() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      String allow = answer(statement("Allow", "*"));
      world.authorizer.behaviour =
          event -> {
            world.clock.advance(World.TIMEOUT);
            return allow;
          };
      world.authorized("GET", "/orders");
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("hit");
      world.authorizer.behaviour =
          event -> {
            world.clock.advance(World.TIMEOUT.plusNanos(1));
            return allow;
          };
      assertThat(world.authorized("GET", "/orders/1").status()).isEqualTo(200);
      assertThat(world.authorized("GET", "/orders/1").header("x-twin-cache")).isEqualTo("miss");
    }
  }

  @Test
  void flushEmptiesTheStagesCache() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      world.authorized("GET", "/orders");
      var flushed =
          RawHttp.send(
              world.port(), "DELETE", "/restapis/a1b2c3d4e5/stages/prod/cache/authorizers");

      assertThat(flushed.status()).isEqualTo(202);
      assertThat(flushed.body()).isEmpty();
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("miss");
    }
  }

  @Test
  void flushOfAnUnknownStageOrApiIsNotFound() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      for (String target :
          List.of(
              "/restapis/nope/stages/prod/cache/authorizers",
              "/restapis/a1b2c3d4e5/stages/nope/cache/authorizers",
              "/v2/apis/a1b2c3d4e5/stages/prod/cache/authorizers")) {
        var reply = RawHttp.send(world.port(), "DELETE", target);
        assertThat(reply.status()).as(target).isEqualTo(404);
        assertThat(reply.header("x-amzn-errortype")).isEqualTo("NotFoundException");
      }
    }
  }

  @Test
  void thrownAndMalformedAnswersAreNotKept() throws Exception {
    try (World world = World.perRoute(new HandWritten("{}"))) {
      assertThat(world.authorized("GET", "/orders").status()).isEqualTo(500);
      world.authorizer.behaviour =
          event -> {
            throw new IllegalStateException("Unauthorized");
          };
      assertThat(world.authorized("GET", "/orders").status()).isEqualTo(401);
      world.authorizer.behaviour = event -> answer(statement("Allow", "*"));
      assertThat(world.authorized("GET", "/orders").status()).isEqualTo(200);
    }
  }

  @Test
  void denyIsKeptLikeAnyDocument() throws Exception {
    try (World world = World.perRoute(new HandWritten(answer(statement("Deny", "*"))))) {
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("miss");
      var again = world.authorized("GET", "/orders");
      assertThat(again.header("x-twin-cache")).isEqualTo("hit");
      assertThat(again.status()).isEqualTo(403);
    }
  }

  @Test
  void concurrentMissesEachInvoke() throws Exception {
    var bothAreIn = new CountDownLatch(2);
    var authorizer = allowing("*");
    authorizer.behaviour =
        event -> {
          bothAreIn.countDown();
          assertThat(bothAreIn.await(5, TimeUnit.SECONDS)).isTrue();
          return answer(statement("Allow", "*"));
        };
    try (World world = World.perRoute(authorizer);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var calls = new ArrayList<Future<RawHttp.Reply>>();
      for (int i = 0; i < 2; i++) {
        calls.add(threads.submit(() -> world.authorized("GET", "/orders")));
      }
      for (Future<RawHttp.Reply> call : calls) {
        assertThat(call.get().status()).isEqualTo(200);
        assertThat(call.get().header("x-twin-cache")).isEqualTo("miss");
      }
      assertThat(authorizer.events).hasSize(2);
    }
  }

  /** Nobody could confirm what AWS does here; this is the worse case (docs/aws-unverified.md). */
  @Test
  void answerUnderWayDuringAFlushIsKept() throws Exception {
    var asked = new CountDownLatch(1);
    var flushed = new CountDownLatch(1);
    var authorizer = allowing("*");
    authorizer.behaviour =
        event -> {
          asked.countDown();
          assertThat(flushed.await(5, TimeUnit.SECONDS)).isTrue();
          return answer(statement("Allow", "*"));
        };
    try (World world = World.perRoute(authorizer);
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<RawHttp.Reply> call = threads.submit(() -> world.authorized("GET", "/orders"));
      assertThat(asked.await(5, TimeUnit.SECONDS)).isTrue();
      RawHttp.send(world.port(), "DELETE", "/restapis/orders/stages/prod/cache/authorizers");
      flushed.countDown();

      assertThat(call.get().status()).isEqualTo(200);
      assertThat(world.authorized("GET", "/orders").header("x-twin-cache")).isEqualTo("hit");
    }
  }
}
