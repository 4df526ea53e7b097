package dev.grantway.authorizer;

import static dev.grantway.authorizer.HandlerWorld.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Events of HTTP and WebSocket APIs with members of every wrong kind where a caller has a hand in
 * them: no 5xx, no Allow without a good token, and nothing of a token in the log. {@code
 * -Dgrantway.fuzz.seed=N} repeats a run.
 */
class FuzzKindsTest {
  private static final long SEED = Long.getLong("grantway.fuzz.seed", System.nanoTime());
  private static final int EVENTS = 6_000;
  private static final List<String> ODD =
      List.of(
          "null",
          "7",
          "true",
          "\"\"",
          "[]",
          "{}",
          "[null]",
          "{\"a\":null}",
          "\"\\ud800\"",
          "\"Bearer\"",
          "[\"x\",7]",
          "{\"authorization\":null}",
          "{\"Authorization\":[]}",
          "{\"authorization\":\"Bearer CANARY.e30.e30\"}",
          "{\"x\":{\"y\":[{}]}}",
          "\"mode=test&%&%zz=%&=&&\"",
          "\"a\\u0000b\"",
          "1e999");

  /** What a caller's request has no hand in is left as it is. */
  private static Map<String, String> event(int kind, String token) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("type", "\"REQUEST\"");
    var arn = kind == 2 ? Kinds.LIVE + "$connect" : Kinds.HTTP + "prod/GET/invoices/42";
    members.put(kind == 1 ? "routeArn" : "methodArn", "\"" + arn + "\"");
    if (kind < 2) {
      members.put("version", kind == 0 ? "\"1.0\"" : "\"2.0\"");
    }
    members.put("headers", "{\"authorization\":\"Bearer " + token + "\"}");
    members.put("multiValueHeaders", "null");
    members.put("queryStringParameters", "{\"q\":\"1,2\"}");
    members.put("multiValueQueryStringParameters", "{\"q\":[\"1\",\"2\"]}");
    members.put("rawQueryString", "\"q=1&q=2\"");
    members.put("cookies", "[\"a=1\"]");
    members.put("identitySource", "[\"x\"]");
    members.put("authorizationToken", "\"x\"");
    members.put("pathParameters", "{\"id\":\"42\"}");
    members.put("path", "\"/prod/invoices/42\"");
    members.put("rawPath", "\"/prod/invoices/42\"");
    members.put("stageVariables", "null");
    var context =
        kind == 2
            ? "\"eventType\":\"CONNECT\",\"routeKey\":\"$connect\","
            : kind == 1
                ? "\"routeKey\":\"GET /invoices/{id}\","
                : "\"resourcePath\":\"/invoices/{id}\",";
    members.put(
        "requestContext",
        "{" + context + "\"stage\":\"prod\",\"http\":HTTP,\"identity\":IDENTITY}");
    return members;
  }

  private static String json(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
        .collect(Collectors.joining(",", "{", "}"))
        .replace("HTTP", "{\"sourceIp\":\"203.0.113.9\"}")
        .replace("IDENTITY", "{\"sourceIp\":\"203.0.113.9\"}");
  }

  @Test
  void noInputAloneOpensBreaksOrLeaks() {
    var random = new Random(SEED);
    var policies = new HandlerWorld(Kinds.policy(), Map.of());
    var simple = new HandlerWorld(Kinds.policy(), Map.of("GRANTWAY_SIMPLE_RESPONSES", "on"));
    int allowed = 0;
    for (int i = 0; i < EVENTS; i++) {
      var world = i % 2 == 0 ? policies : simple;
      int kind = random.nextInt(3);
      boolean good = random.nextBoolean();
      var token = good ? world.token("a", "viewer", "talker") : spoilt(world, random);
      var members = event(kind, token);
      boolean header = true;
      boolean touched = false;
      for (int change = random.nextInt(4); change > 0; change--) {
        var names = members.keySet().stream().skip(kind < 2 ? 3 : 2).toList();
        var name = names.get(random.nextInt(names.size() - 1));
        header &= !name.equals("headers") && !name.equals("multiValueHeaders");
        touched = true;
        if (random.nextInt(4) == 0) {
          members.remove(name);
        } else {
          members.put(name, ODD.get(random.nextInt(ODD.size())));
        }
        if (members.size() < 5) {
          break;
        }
      }
      allowed += check(world, kind, json(members), good, header, touched) ? 1 : 0;
    }
    assertThat(allowed).as("seed " + SEED).isGreaterThan(EVENTS / 10);
    for (var world : List.of(policies, simple)) {
      assertThat(world.log)
          .as("seed " + SEED)
          .noneMatch(line -> line.contains("CANARY") || line.contains("alarm"));
    }
  }

  private static String spoilt(HandlerWorld world, Random random) {
    var token = world.token("a", "viewer", "talker");
    int at = random.nextInt(token.length());
    return switch (random.nextInt(3)) {
      case 0 -> token.substring(0, at) + "*" + token.substring(at);
      case 1 -> token.substring(0, at);
      default -> "CANARY" + token;
    };
  }

  private static boolean check(
      HandlerWorld world, int kind, String event, boolean good, boolean header, boolean touched) {
    var about = "seed " + SEED + ": " + event;
    var answer = world.answer(event.getBytes(StandardCharsets.UTF_8));
    assertThat(answer).as(about).doesNotStartWith("the authorizer").doesNotContain("CANARY");
    if (answer.equals("Unauthorized")) {
      assertThat(kind).as(about).isEqualTo(2);
      assertThat(good && header).as(about).isFalse();
      return false;
    }
    var arn = kind == 2 ? Kinds.LIVE + "$connect" : Kinds.HTTP + "prod/GET/invoices/42";
    boolean allows =
        answer.contains("isAuthorized")
            ? text(answer, "/isAuthorized").equals("true")
            : world.verdict(answer, arn) == Verdict.ALLOW;
    assertThat(allows && !good).as(about).isFalse();
    assertThat(!allows && good && !touched).as(about).isFalse();
    return allows;
  }
}
