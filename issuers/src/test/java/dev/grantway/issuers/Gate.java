package dev.grantway.issuers;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.InMemoryPolicy;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The real authorizer with a recipe's settings; its clock is the real one, set forward by tests.
 */
final class Gate {
  private static final String POLICY =
      """
      grantway: 1
      apis:
        - name: orders
          id: a1b2c3d4e5
          type: REST
          stages: [prod]
          routes: [GET /orders, POST /orders, "POST /orders/{id}/refunds", GET /reports]
      roles:
        - {name: viewer, permissions: [{id: view, api: orders, methods: [GET], resource: /orders}]}
        - {name: clerk, permissions: [{id: sell, api: orders, methods: [POST], resource: /orders}]}
        - name: "orders-api:refund"
          permissions: [{id: refund, api: orders, methods: [POST], resource: "/orders/{id}/refunds"}]
        - {name: finance, permissions: [{id: report, api: orders, methods: [GET], resource: /reports}]}
      assignments:
        - {role: finance, issuer: corp, group: finance}
      """;

  private static final String ARN = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod/";

  private final SetForward clock = new SetForward(Duration.ZERO);
  private final List<String> log = new CopyOnWriteArrayList<>();
  private final AuthorizerHandler handler;

  Gate(Recipe recipe) {
    if (!(PolicyFile.read(POLICY, "policy.yaml") instanceof PolicyFile.Read read)) {
      throw new AssertionError("the policy is refused");
    }
    var settings = Map.of("GRANTWAY_ISSUERS", recipe.json(), "GRANTWAY_CACHE_KEY", "none");
    handler =
        new AuthorizerHandler(settings, InMemoryPolicy.of(read.policy(), clock), clock, log::add);
  }

  private static final class SetForward extends Clock {
    private volatile Duration by;

    SetForward(Duration by) {
      this.by = by;
    }

    @Override
    public Instant instant() {
      return Clock.systemUTC().instant().plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException("nobody asks for a zone");
    }
  }

  void advance(Duration by) {
    clock.by = clock.by.plus(by);
  }

  /**
   * What came of a call.
   *
   * @param word {@code Allow} or {@code Deny}, or {@code Unauthorized}
   * @param reason as logged
   * @param context as handed to the backend; empty where nothing is
   */
  record Answer(String word, String reason, Map<String, Object> context) {
    /** The word, with the reason of a refusal. */
    String verdict() {
      return word.equals("Allow") ? word : word + " " + reason;
    }

    List<String> roles() {
      return List.of(Http.text(context, "roles").split(","));
    }
  }

  /** Asks as a REST API's TOKEN authorizer does, for {@code GET /orders}, say. */
  Answer call(String token, String request) {
    var arn = ARN + request.replace(" /", "/");
    var event = Map.of("type", "TOKEN", "methodArn", arn, "authorizationToken", "Bearer " + token);
    try {
      var answer =
          handler.answer(JSONObjectUtils.toJSONString(event).getBytes(StandardCharsets.UTF_8));
      var object = JSONObjectUtils.parse(new String(answer, StandardCharsets.UTF_8));
      var document = JSONObjectUtils.getJSONObject(object, "policyDocument");
      var statement = JSONObjectUtils.getJSONObjectArray(document, "Statement")[0];
      return new Answer(
          Http.text(statement, "Effect"),
          reason(),
          JSONObjectUtils.getJSONObject(object, "context"));
    } catch (ParseException e) {
      throw new AssertionError("no answer", e);
    } catch (RuntimeException thrown) {
      return new Answer(String.valueOf(thrown.getMessage()), reason(), Map.of());
    }
  }

  /** The verdict on {@code GET /orders}. */
  String verdict(String token) {
    return call(token, "GET /orders").verdict();
  }

  private String reason() throws AssertionError {
    try {
      return String.valueOf(JSONObjectUtils.parse(log.getLast()).get("reason"));
    } catch (ParseException e) {
      throw new AssertionError(log.getLast(), e);
    }
  }

  List<String> log() {
    return List.copyOf(log);
  }
}
