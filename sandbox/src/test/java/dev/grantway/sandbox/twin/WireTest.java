package dev.grantway.sandbox.twin;

import static dev.grantway.sandbox.twin.HandWritten.allowing;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.net.BindException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** HTTP as clients really send it. */
class WireTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/orders/a%2Fb",
        "/orders/%2e%2E",
        "/orders/42;v=1",
        "/orders/a|b",
        "/orders/a{b}",
        "/orders/100%",
        "/orders/%zz",
        "/orders/*",
        "/orders/?",
        "/orders/a:b@c",
        "/orders/ü",
        "/orders/..",
        "/orders/42/",
        "/files//",
        "/files//a",
        "/files/a//b/../c/",
      })
  void pathArrivesByteForByte(String path) throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      String withoutQuery = path.replace("?", "");
      var reply = world.authorized("GET", path);

      assertThat(reply.status()).as(path).isIn(200, 403);
      if (reply.status() == 200) {
        assertThat(world.authorizer.events.getFirst())
            .contains("\"path\":\"" + withoutQuery + "\"")
            .contains("\"methodArn\":\"" + HandWritten.ARN + "GET" + withoutQuery + "\"");
      } else {
        assertThat(reply.body()).contains("Missing Authentication Token");
      }
    }
  }

  @Test
  void absoluteTargetIsTheSameRequest() throws Exception {
    try (World world = World.perRoute(allowing("GET/orders"))) {
      var reply =
          RawHttp.send(
              world.port(), "GET", "http://elsewhere/orders/prod/orders", "Authorization: t");
      assertThat(reply.status()).isEqualTo(200);
    }
  }

  @Test
  void connectionIsKeptForTheNextRequest() throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      for (int i = 0; i < 3; i++) {
        assertThat(http.request("GET", "/orders/prod/orders", "", "Authorization: t").status())
            .isEqualTo(200);
        assertThat(http.request("GET", "/orders/prod/nope", "").status()).isEqualTo(403);
      }
    }
  }

  @Test
  void pipelinedRequestsAreAnsweredInOrder() throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      String head = " HTTP/1.1\r\nHost: twin\r\nAuthorization: t\r\n\r\n";
      http.write("GET /orders/prod/orders/1" + head + "GET /orders/prod/orders/2" + head);

      assertThat(http.read(true).body()).contains("/orders/1");
      assertThat(http.read(true).body()).contains("/orders/2");
    }
  }

  @Test
  void closeIsHonoured() throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      var reply = http.request("GET", "/orders/prod/health", "", "Connection: TE, Close");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("connection")).isEqualTo("close");
      assertThat(http.isClosedByServer()).isTrue();
    }
  }

  @Test
  void headHasTheLengthAndNoBody() throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      var head = http.request("HEAD", "/orders/prod/orders", "", "Authorization: t");
      assertThat(head.status()).isEqualTo(200);
      assertThat(Integer.parseInt(head.header("content-length"))).isPositive();
      var next = http.request("OPTIONS", "/orders/prod/orders", "", "Authorization: t");
      assertThat(next.status()).isEqualTo(200);
      assertThat(next.body()).contains("OPTIONS");
    }
  }

  @Test
  void chunkedBodyIsReadWithItsExtensionsAndTrailers() throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      http.write(
          "POST /orders/prod/orders HTTP/1.1\r\nHost: t\r\nAuthorization: t\r\n"
              + "Transfer-Encoding: chunked\r\n\r\n"
              + "3;x=y\r\nabc\r\nA\r\n0123456789\r\n0\r\nTrailer: t\r\n\r\n");
      assertThat(http.read(true).body()).contains("\"bodyBytes\" : 13");
      assertThat(http.request("GET", "/orders/prod/health", "").status()).isEqualTo(200);
    }
  }

  @Test
  void bodyOfARefusedRequestIsDrained() throws Exception {
    try (World world = World.perRoute(new HandWritten("{}"));
        RawHttp http = RawHttp.connect(world.port())) {
      String body = "x".repeat(1_000_000);
      assertThat(http.request("POST", "/orders/prod/nope", body).status()).isEqualTo(403);
      assertThat(http.request("POST", "/orders/prod/orders", body).status()).isEqualTo(401);
      assertThat(http.request("POST", "/orders/prod/orders", body, "Authorization: t").status())
          .isEqualTo(500);
    }
  }

  @Test
  void bodyOfTenMebibytesPassesAndOneMoreByteIsTooLarge() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      String largest = "x".repeat(10 * 1024 * 1024);
      try (RawHttp http = RawHttp.connect(world.port())) {
        assertThat(http.request("POST", "/orders/prod/orders", largest, "Authorization: t").body())
            .contains("\"bodyBytes\" : 10485760");
      }
      try (RawHttp http = RawHttp.connect(world.port())) {
        var reply = http.request("POST", "/orders/prod/orders", largest + "x", "Authorization: t");
        assertThat(reply.status()).isEqualTo(413);
        assertThat(reply.body()).isEqualTo("HTTP content length exceeded 10485760 bytes.");
      }
    }
  }

  @Test
  void clientThatWaitsForContinueIsToldToGoOn() throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      http.write(
          "POST /orders/prod/orders HTTP/1.1\r\nHost: t\r\nAuthorization: t\r\n"
              + "Content-Length: 3\r\nExpect: 100-continue\r\n\r\n");
      assertThat(http.read(false).status()).isEqualTo(100);
      http.write("abc");
      assertThat(http.read(true).body()).contains("\"bodyBytes\" : 3");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /orders/prod/orders\r\n\r\n",
        "GET  /orders HTTP/1.1\r\n\r\n",
        "GET /orders/prod/a b HTTP/1.1\r\n\r\n",
        "GET /orders/prod/a\tb HTTP/1.1\r\n\r\n",
        "G(T /orders HTTP/1.1\r\n\r\n",
        "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/1.1\r\nspace : before\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\r\n folded\r\n\r\n",
        "GET / HTTP/1.1\r\nA: b\u0000c\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
        "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nabc\r\n",
      })
  void whatIsNotHttpIsABadRequestAndTheConnectionIsClosed(String bytes) throws Exception {
    try (World world = World.perRoute(allowing("*"));
        RawHttp http = RawHttp.connect(world.port())) {
      http.write(bytes);
      assertThat(http.read(true).status()).as(bytes).isEqualTo(400);
      assertThat(http.isClosedByServer()).isTrue();
      assertThat(world.authorizer.events).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET",
        "GET /orders/prod/orders HTTP/1.1\r\nHost",
        "POST /orders/prod/orders HTTP/1.1\r\nContent-Length: 100\r\n\r\nabc",
        "POST /orders/prod/orders HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n64\r\nabc",
        "GET /orders/prod/orders HTTP/1.1\r\nAuthorization: t\r\n\r\n",
      })
  void clientThatLeavesInTheMiddleHurtsNobody(String bytes) throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      for (int i = 0; i < 20; i++) {
        try (RawHttp http = RawHttp.connect(world.port())) {
          http.write(bytes);
        }
      }
      assertThat(world.authorized("GET", "/orders").status()).isEqualTo(200);
      assertThat(world.log).isEmpty();
    }
  }

  @Test
  void portThatIsTakenIsSaidAsSuch() throws Exception {
    try (World world = World.perRoute(allowing("*"))) {
      var configuration =
          TwinConfiguration.of(world.port(), List.of(), world.clock, Objects::requireNonNull);
      assertThat(catchThrowable(() -> GatewayTwin.start(configuration)))
          .isInstanceOf(BindException.class);
    }
  }
}
