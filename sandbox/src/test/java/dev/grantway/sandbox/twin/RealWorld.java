package dev.grantway.sandbox.twin;

import com.nimbusds.jose.JOSEException;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Api;
import dev.grantway.policy.Policy;
import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Request;
import dev.grantway.sandbox.twin.http.Response;
import dev.grantway.sandbox.twin.lambda.InProcessFunction;
import dev.grantway.sandbox.twin.lambda.LambdaFunction;
import dev.grantway.store.InMemoryPolicy;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The twin's gateway, less its sockets, in front of the real authorizer and a policy in memory. */
final class RealWorld implements AutoCloseable {
  private static final Pattern BY = Pattern.compile("\"by\":\\[([^]]*)]");
  private static final Duration TTL = Duration.ofSeconds(300);

  static final String ADMIN = "http://127.0.0.1:8080";

  final TestClock clock = new TestClock();
  final Issuing issuer;
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final InProcessFunction function;
  private final Gateway gateway;

  /** Who calls, from where, with what besides the token. */
  record Caller(String token, String sourceIp, List<Header> headers) {
    Caller(String token) {
      this(token, "127.0.0.1", List.of());
    }
  }

  /**
   * How the authorizer is attached.
   *
   * @param cacheKey what the authorizer is told that the gateway does
   * @param identitySources what the gateway really does; none: caching is off
   */
  record Attached(AuthorizerSettings.Kind kind, String cacheKey, List<String> identitySources) {

    AuthorizerSettings to(LambdaFunction function) {
      Duration ttl = identitySources.isEmpty() ? Duration.ZERO : TTL;
      var timeout = Duration.ofSeconds(10);
      return switch (kind) {
        case TOKEN -> AuthorizerSettings.token(ttl, timeout, function);
        case REQUEST -> AuthorizerSettings.request(identitySources, ttl, timeout, function);
        case HTTP_1, HTTP_2, HTTP_2_SIMPLE ->
            AuthorizerSettings.http(kind, identitySources, ttl, timeout, function);
        case WEBSOCKET -> AuthorizerSettings.webSocket(identitySources, timeout, function);
      };
    }

    @Override
    public String toString() {
      return kind + " under " + cacheKey;
    }
  }

  /** One stage of a REST API with a REQUEST authorizer. */
  RealWorld(
      Policy policy,
      Api api,
      String stage,
      String alias,
      String cacheKey,
      List<String> identitySources)
      throws JOSEException {
    this(
        policy,
        api,
        stage,
        alias,
        new Attached(AuthorizerSettings.Kind.REQUEST, cacheKey, identitySources));
  }

  /**
   * One stage of one API.
   *
   * @param alias of the issuer
   */
  RealWorld(Policy policy, Api api, String stage, String alias, Attached attached)
      throws JOSEException {
    this.issuer = new Issuing(alias, clock);
    var settings =
        Map.of(
            "GRANTWAY_ISSUERS",
            issuer.setting(),
            "GRANTWAY_CACHE_KEY",
            attached.cacheKey(),
            "GRANTWAY_CACHE_TTL",
            "300s",
            "GRANTWAY_SIMPLE_RESPONSES",
            attached.kind() == AuthorizerSettings.Kind.HTTP_2_SIMPLE ? "on" : "off");
    var handler =
        new AuthorizerHandler(settings, InMemoryPolicy.of(policy, clock), clock, log::add);
    this.function = new InProcessFunction(handler, line -> {});
    this.gateway =
        new Gateway(
            TwinConfiguration.of(
                    0,
                    List.of(
                        new StageConfiguration(
                            api.id().value(),
                            api.name(),
                            stage,
                            api::routes,
                            attached.to(function),
                            Map.of())),
                    clock,
                    line -> {})
                .explainedAt(ADMIN));
  }

  /** What a client would get for that target, {@code /orders/prod/orders/42?a=1}. */
  Response call(String method, String target, Caller caller)
      throws InterruptedException, UnknownHostException {
    return send(method, target, caller, List.of());
  }

  /** What a client would get that opens a WebSocket there. */
  Response connect(String target, Caller caller) throws InterruptedException, UnknownHostException {
    return send(
        "GET",
        target,
        caller,
        List.of(
            new Header("Upgrade", "websocket"),
            new Header("Connection", "Upgrade"),
            new Header("Sec-WebSocket-Version", "13"),
            new Header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==")));
  }

  private Response send(String method, String target, Caller caller, List<Header> more)
      throws InterruptedException, UnknownHostException {
    var headers = new ArrayList<>(caller.headers());
    headers.addAll(more);
    headers.add(new Header("Authorization", "Bearer " + caller.token()));
    return gateway.handle(
        new Request(
            method,
            target,
            "HTTP/1.1",
            headers,
            new byte[0],
            false,
            InetAddress.getByName(caller.sourceIp())));
  }

  /** The permissions that the authorizer's last decision line names, as they stand there. */
  String determinedBy() {
    Matcher by = BY.matcher(log.getLast());
    return by.find() ? by.group(1) : "no `by` in " + log.getLast();
  }

  /** The authorizer's last line. */
  String line() {
    return log.getLast();
  }

  static String body(Response response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  static String cache(Response response) {
    return response.headers().stream()
        .filter(header -> header.is("x-twin-cache"))
        .map(Header::value)
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    function.close();
  }
}
