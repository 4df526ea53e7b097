package dev.grantway.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.Payload;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.grantway.authorizer.AuthorizerFailedException;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.sandbox.table.FaultyProxy.Fault;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.TableSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real authorizer and the real client against a real table in trouble: what is answered, how
 * long that takes, what the log says, and that recovery needs no restart.
 */
@Timeout(300)
class TableFaultsTest {
  private static final String TABLE = "policy";
  private static final ApiId ORDERS = new ApiId("a1b2c3d4e5");
  private static final Duration ATTEMPT = Duration.ofMillis(300);
  private static final Duration TOTAL = Duration.ofMillis(600);

  /** What a busy machine adds to a deadline. */
  private static final Duration SLACK = Duration.ofSeconds(3);

  private static final String NO_TIME = "did not answer in time";

  /** What a line says of each fault, unless time ends between two attempts. */
  private static final Map<Fault, String> SAID =
      new EnumMap<>(
          Map.of(
              Fault.REFUSE, "cannot be reached",
              Fault.HANG, NO_TIME,
              Fault.ERROR, "refused with `InternalServerError`",
              Fault.THROTTLE, "is asked for more than it may do",
              Fault.SLOW, NO_TIME,
              Fault.HALF, "cannot be reached"));

  private final MovedClock clock = new MovedClock();
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final ECKey key = key();

  @TempDir Path folder;

  /** A clock that stands still until it is moved. */
  private static final class MovedClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-22T10:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  private static ECKey key() {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
  }

  private static Map<String, String> environment(String endpoint) {
    return Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_DYNAMODB", endpoint);
  }

  private void publish(String endpoint) {
    try (var client = DynamoClients.create(environment(endpoint))) {
      TableSetup.create(client, TABLE);
      var repository = new DynamoPolicyRepository(client, TABLE, clock);
      var head = repository.head();
      var changes = PolicyRows.diff(Policy.EMPTY, policy());
      var publication =
          new Publication(changes, head.revision(), head.hash(), "ana", List.of(), "t", "");
      assertThat(repository.publish(publication)).isInstanceOf(PublishResult.Published.class);
    }
  }

  private static Policy policy() {
    var viewer = new RoleName("viewer");
    var routes = new RouteTable(ApiType.REST, List.of(Route.parse("GET /orders")));
    return new Policy(
        List.of(new Api(ORDERS, "orders", List.of("prod"), routes, true)),
        List.of(new Role("viewer", viewer, "", "", new TreeSet<>())),
        List.of(
            new Permission(
                new PermissionId("view"),
                viewer,
                Effect.ALLOW,
                ORDERS,
                StageScope.EVERY,
                Set.of(Action.GET),
                ResourcePattern.parse("/orders"),
                Condition.NONE,
                Validity.ALWAYS,
                "")),
        List.of(),
        Rules.NONE);
  }

  private byte[] event(String subject) {
    long now = clock.instant().getEpochSecond();
    var payload =
        """
        {"iss":"https://i.example","aud":"a","sub":"%s","iat":%d,"exp":%d,"roles":["viewer"]}"""
            .formatted(subject, now, now + 3_600);
    var token =
        new JWSObject(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(), new Payload(payload));
    try {
      token.sign(new ECDSASigner(key));
    } catch (JOSEException e) {
      throw new AssertionError(e);
    }
    return """
    {"type":"TOKEN","methodArn":"arn:aws:execute-api:eu-west-1:123456789012:%s/prod/GET/orders",
     "authorizationToken":"Bearer %s"}"""
        .formatted(ORDERS, token.serialize())
        .getBytes(StandardCharsets.UTF_8);
  }

  private AuthorizerHandler handler(DynamoPolicyReader reader) {
    var issuers =
        """
        [{"alias":"corp","issuer":"https://i.example","audiences":["a"],"roles":["/roles"],
          "algorithms":["ES256"],"jwks":{"keys":[%s]}}]"""
            .formatted(key.toPublicJWK().toJSONString());
    return new AuthorizerHandler(
        Map.of("GRANTWAY_ISSUERS", issuers, "GRANTWAY_CACHE_KEY", "none"), reader, clock, log::add);
  }

  /** A cold JVM and a busy machine may miss such deadlines; a table that is well answers soon. */
  private void awaitLive(AuthorizerHandler handler, String subject) {
    do {
      clock.advance(Duration.ofMillis(5_001));
      try {
        assertThat(new String(handler.answer(event(subject)), StandardCharsets.UTF_8))
            .contains("\"Allow\"");
      } catch (AuthorizerFailedException e) {
        assertThat(log.getLast()).contains("policy-unavailable");
      }
    } while (!log.getLast().contains("\"stale\":false"));
  }

  private static void assertWithin(Duration limit, Fault fault, Runnable call) {
    long began = System.nanoTime();
    call.run();
    assertThat(Duration.ofNanos(System.nanoTime() - began)).as(fault.name()).isLessThan(limit);
  }

  @Test
  void everyFaultIsStaleForThoseHeldAndAFailureForOthersAndPassesByItself() throws Exception {
    try (var table = TableProcess.start(folder).awaitReady();
        var proxy = new FaultyProxy(table.port());
        var client = DynamoClients.create(environment(proxy.address()), ATTEMPT, TOTAL)) {
      publish("http://127.0.0.1:" + table.port());
      var handler = handler(new DynamoPolicyReader(client, TABLE));
      awaitLive(handler, "held");
      for (var fault : SAID.keySet()) {
        tryOut(fault, proxy, handler);
      }
    }
  }

  private void tryOut(Fault fault, FaultyProxy proxy, AuthorizerHandler handler)
      throws IOException {
    proxy.set(fault);
    clock.advance(Duration.ofMillis(5_001));
    assertWithin(
        TOTAL.plus(SLACK),
        fault,
        () ->
            assertThat(new String(handler.answer(event("held")), StandardCharsets.UTF_8))
                .as(fault.name())
                .contains("\"Allow\""));
    assertThat(log.getLast()).as(fault.name()).contains("\"stale\":true", "\"Stale\":1");
    assertWithin(
        TOTAL.plus(SLACK),
        fault,
        () ->
            assertThatThrownBy(() -> handler.answer(event("new-" + fault)))
                .as(fault.name())
                .isInstanceOf(AuthorizerFailedException.class));
    assertThat(log.getLast())
        .as(fault.name())
        .contains("\"reason\":\"policy-unavailable\"", "\"Failed\":1")
        .containsPattern(SAID.get(fault) + "|" + NO_TIME);
    proxy.set(Fault.NONE);
    awaitLive(handler, "held");
    awaitLive(handler, "new-" + fault);
  }
}
