package dev.grantway.authorizer;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import dev.grantway.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** A handler over a policy in memory, with a clock that tests move. */
public final class HandlerWorld {
  public static final String STAGE = "arn:aws:execute-api:eu-west-1:123456789012:a1b2c3d4e5/prod";

  public final TestClock clock = new TestClock();
  public final TestPolicy policy;
  public final List<String> log = new CopyOnWriteArrayList<>();
  public final AuthorizerHandler handler;

  public HandlerWorld(Policy policy, Map<String, String> changes) {
    this.policy = new TestPolicy(policy, clock);
    this.handler = new AuthorizerHandler(settings(changes), this.policy, clock, log::add);
  }

  public HandlerWorld(Policies policy) {
    this(policy.policy(), Map.of());
  }

  /** Settings under {@code none} with one issuer; an empty change removes a name. */
  public static Map<String, String> settings(Map<String, String> changes) {
    Map<String, String> all = new HashMap<>();
    all.put("GRANTWAY_ISSUERS", "[" + issuer("") + "]");
    all.put("GRANTWAY_CACHE_KEY", "none");
    all.putAll(changes);
    all.values().removeIf(String::isEmpty);
    return all;
  }

  /** An issuer with inline keys and further members. */
  public static String issuer(String more) {
    return """
    {"alias": "corp", "issuer": "https://issuer.example/", "audiences": ["https://api.example"],
     "algorithms": ["RS256", "ES256", "EdDSA"], "roles": ["/roles"],
     "jwks": %s%s}\
    """
        .formatted(SigningKeys.keySet(), more);
  }

  /** A token of that caller with those roles, which lasts an hour. */
  public String token(String subject, String... roles) {
    return tokenWith(subject, "", roles);
  }

  /** The same with further members in its payload. */
  public String tokenWith(String subject, String more, String... roles) {
    return tokenAt(clock.instant(), subject, more, roles);
  }

  /** The same, issued then. */
  public static String tokenAt(Instant issued, String subject, String more, String... roles) {
    long now = issued.getEpochSecond();
    var names = roles.length == 0 ? "" : "\"" + String.join("\",\"", roles) + "\"";
    var payload =
        """
        {"iss": "https://issuer.example/", "aud": "https://api.example", "sub": "%s",
         "iat": %d, "exp": %d, "jti": "t-%s", "roles": [%s]%s}\
        """
            .formatted(subject, now, now + 3_600, subject, names, more);
    return SigningKeys.sign("e1", payload);
  }

  /** A REQUEST event as a REST API sends it. */
  public static byte[] request(String method, String path, String resource, String token) {
    return """
    {"type": "REQUEST", "methodArn": "%1$s/%2$s%3$s", "resource": "%4$s", "path": "/prod%3$s",
     "httpMethod": "%2$s", "headers": {"Authorization": "Bearer %5$s"},
     "multiValueHeaders": {"Authorization": ["Bearer %5$s"]},
     "requestContext": {"resourcePath": "%4$s", "stage": "prod", "apiId": "a1b2c3d4e5",
       "identity": {"sourceIp": "203.0.113.9"}}}\
    """
        .formatted(STAGE, method, path, resource, token)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** A TOKEN event. */
  public static byte[] tokenEvent(String method, String path, String token) {
    return """
    {"type": "TOKEN", "methodArn": "%s/%s%s", "authorizationToken": "Bearer %s"}\
    """
        .formatted(STAGE, method, path, token)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** The answer, or the message of the exception that took its place. */
  public String answer(byte[] event) {
    try {
      return new String(handler.answer(event), StandardCharsets.UTF_8);
    } catch (UnauthorizedException | AuthorizerFailedException e) {
      return String.valueOf(e.getMessage());
    }
  }

  /** What API Gateway makes of the answer for that request; errors by their message. */
  public String verdict(byte[] event, String method, String path) {
    var answer = answer(event);
    return answer.startsWith("{") ? verdict(answer, STAGE + "/" + method + path).name() : answer;
  }

  /** Whether the document in that answer lets the ARN through. */
  public Verdict verdict(String answer, String arn) {
    return verdictAt(clock.instant(), answer, arn);
  }

  /** The same at that time. */
  static Verdict verdictAt(Instant at, String answer, String arn) {
    var start = answer.indexOf("\"policyDocument\":") + "\"policyDocument\":".length();
    var document = PolicyDocument.read(answer.substring(start, answer.indexOf(",\"context\"")));
    return IamEvaluator.evaluate(document, arn, IamContext.of(at, "203.0.113.9"));
  }

  /** Asks by a REQUEST event and gives the verdict. */
  public String call(String token, String method, String path, String resource) {
    return verdict(request(method, path, resource, token), method, path);
  }

  /** A string in an answer or in the last log line. */
  public static String text(String json, String pointer) {
    try {
      var root = JsonReader.read(json, JsonLimits.PLATFORM);
      return switch (new JsonPointer(pointer).find(root).orElse(new Json.Text("absent"))) {
        case Json.Text(var text) -> text;
        case Json.Num(var number) -> number;
        case Json.Bool(var flag) -> Boolean.toString(flag);
        case Json.Arr(var items) -> items.toString();
        case Json.Obj _ -> "object";
        case Json.Null() -> "null";
      };
    } catch (MalformedJsonException e) {
      throw new AssertionError(json, e);
    }
  }

  public String logged(String pointer) {
    return text(log.getLast(), pointer);
  }
}
