package dev.grantway.authorizer;

import dev.grantway.authorizer.FuzzTokens.Token;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Events of REST APIs as callers can shape them: what the gateway writes (kind, ARN, template,
 * stage) is right, what a caller writes (headers, query, path, token) is anything.
 */
final class FuzzEvents {
  static final List<String> ROLES = List.of("viewer", "clerk", "support", "auditor", "nobody");

  private static final Set<String> READERS = Set.of("viewer", "clerk", "support", "auditor");

  /** A request and who may make it. */
  private record Call(String method, String path, String template, Set<String> may) {}

  private static final List<Call> CALLS =
      List.of(
          new Call("GET", "/orders", "/orders", READERS),
          new Call("GET", "/orders/42", "/orders/{id}", READERS),
          new Call("POST", "/orders", "/orders", Set.of("clerk")),
          new Call("GET", "/orders/search", "/orders/search", Set.of("auditor")),
          new Call("POST", "/orders/42/refunds", "/orders/{id}/refunds", Set.of()),
          new Call("GET", "/files/a/b", "/files/{path+}", Set.of("auditor")),
          new Call("DELETE", "/files/a", "/files/{path+}", Set.of()),
          new Call("GET", "/", "/", Set.of("auditor")));

  /**
   * An event.
   *
   * @param mayAllow whether an Allow would be right
   * @param mustAllow whether nothing else would be
   * @param tokenIsGood whether there is one credential and it is a good token
   */
  record Event(
      byte[] json,
      String arn,
      boolean restToken,
      boolean mayAllow,
      boolean mustAllow,
      boolean tokenIsGood,
      String about) {}

  private final Random random;
  private final FuzzTokens tokens;

  FuzzEvents(long seed, FuzzTokens tokens) {
    this.random = new Random(seed);
    this.tokens = tokens;
  }

  Event next() {
    var token = tokens.any(random);
    if (random.nextInt(3) == 0) {
      token = tokens.spoilt(token, random);
    }
    var call = FuzzTokens.pick(CALLS, random);
    boolean plain = random.nextInt(4) != 0;
    var path = plain ? call.path() : odd(call.path());
    // Half a surrogate pair is no UTF-8: what is evaluated has the replacement character.
    var arn = HandlerWorld.STAGE + "/" + call.method() + path.replace('\ud800', '\ufffd');
    return random.nextInt(8) == 0
        ? tokenEvent(token, call, path, arn)
        : requestEvent(token, call, path, arn);
  }

  private Event event(
      String json,
      String arn,
      boolean restToken,
      Token token,
      Call call,
      String path,
      boolean one) {
    boolean good = one && token.good();
    boolean may =
        good && (call.may().contains(token.role()) || restToken && elsewhere(token, call, path));
    return new Event(
        json.getBytes(StandardCharsets.UTF_8),
        arn,
        restToken,
        may,
        may && path.equals(call.path()),
        good,
        token.about() + " of " + token.role() + " for " + call.method() + " " + json);
  }

  /** Without a template in the event, a changed path may be that of another route. */
  private static boolean elsewhere(Token token, Call call, String path) {
    return call.method().equals("GET")
        && !path.equals(call.path())
        && (path.startsWith("/orders")
            ? READERS.contains(token.role())
            : token.role().equals("auditor"));
  }

  private Event tokenEvent(Token token, Call call, String path, String arn) {
    boolean one = random.nextInt(6) != 0;
    var value = one ? quoted(scheme() + token.text()) : FuzzTokens.pick(NO_VALUE, random);
    var json =
        "{\"type\":\"TOKEN\",\"methodArn\":"
            + quoted(arn)
            + ",\"authorizationToken\":"
            + value
            + "}";
    return event(json, arn, true, token, call, path, one);
  }

  private static final List<String> NO_VALUE =
      List.of("null", "\"\"", "7", "[]", "{}", "\"Bearer\"", "\"Bearer \"", "\"Basic eDp5\"");

  private Event requestEvent(Token token, Call call, String path, String arn) {
    var value = quoted(scheme() + token.text());
    var trap = quoted("Bearer " + tokens.good(random).text());
    int shape = random.nextInt(24);
    var headers = shape < 14 ? oneCredential(shape, value) : notOne(shape, value, trap);
    var json =
        """
        {"type":"REQUEST","methodArn":%s,"resource":%s,"path":%s,"httpMethod":"%s",%s,
        "authorizationToken":%s,"identitySource":[%s],"queryStringParameters":%s,
        "multiValueQueryStringParameters":%s,"stageVariables":null,
        "requestContext":{"resourcePath":%s,"stage":"prod","identity":{"sourceIp":%s}}}\
        """
            .formatted(
                quoted(arn),
                quoted(call.template()),
                quoted("/prod" + path),
                call.method(),
                headers,
                trap,
                trap,
                FuzzTokens.pick(QUERIES, random),
                FuzzTokens.pick(QUERIES, random),
                quoted(call.template()),
                FuzzTokens.pick(ADDRESSES, random));
    return event(json, arn, false, token, call, path, shape < 14);
  }

  private static final List<String> QUERIES =
      List.of(
          "null",
          "{}",
          "{\"q\":\"1\"}",
          "{\"q\":[\"1\",null]}",
          "{\"access_token\":\"" + FuzzTokens.CANARY + "\"}",
          "{\"\\ud800\":\"\\udc00\"}",
          "[]");
  private static final List<String> ADDRESSES =
      List.of("\"203.0.113.9\"", "\"2001:db8::1\"", "\"\"", "null", "\"x\"");

  /** Shapes of the two maps with exactly one credential. */
  private String oneCredential(int shape, String value) {
    var name = FuzzTokens.pick(List.of("Authorization", "authorization", "AUTHORIZATION"), random);
    var more = FuzzTokens.pick(MORE_HEADERS, random);
    var single = "\"%s\":%s%s".formatted(name, value, more);
    var multi = "\"%s\":[%s]".formatted(name, value);
    return switch (shape % 4) {
      case 0 -> "\"headers\":{%s},\"multiValueHeaders\":null".formatted(single);
      case 1 -> "\"headers\":null,\"multiValueHeaders\":{%s}".formatted(multi);
      default -> "\"headers\":{%s},\"multiValueHeaders\":{%s}".formatted(single, multi);
    };
  }

  private static final List<String> MORE_HEADERS =
      List.of(
          "",
          ",\"X-A\":null",
          ",\"X-A\":\"\\ud800\"",
          ",\"\\u0000\":\"\\u0000\"",
          ",\"Cookie\":\"" + FuzzTokens.CANARY + "\"",
          ",\"Authorization2\":\"x\",\"Proxy-Authorization\":\"Bearer x\"");

  private String notOne(int shape, String value, String trap) {
    return switch (shape) {
      case 14 -> "\"headers\":null,\"multiValueHeaders\":null";
      case 15 -> "\"headers\":{},\"multiValueHeaders\":{\"Authorization\":[%s]}".formatted(value);
      case 16 -> "\"headers\":{\"Authorization\":%s},\"multiValueHeaders\":{}".formatted(value);
      case 17 ->
          "\"headers\":{\"Authorization\":%s,\"authorization\":%s},\"multiValueHeaders\":null"
              .formatted(value, trap);
      case 18 ->
          "\"headers\":{\"Authorization\":%s},\"multiValueHeaders\":{\"Authorization\":[%s,%s]}"
              .formatted(value, trap, value);
      case 19 ->
          "\"headers\":{\"Authorization\":%s},\"multiValueHeaders\":{\"Authorization\":[\"x\"]}"
              .formatted(value);
      case 20 ->
          "\"headers\":{\"Authorization\":null},\"multiValueHeaders\":{\"Authorization\":[]}";
      case 21 -> "\"headers\":[%s],\"multiValueHeaders\":7".formatted(value);
      case 22 -> "\"headers\":{\"Authorization\":{\"a\":%s}}".formatted(value);
      default -> "\"headers\":{\"X-Authorization\":%s,\"Cookie\":%s}".formatted(value, trap);
    };
  }

  private String scheme() {
    return FuzzTokens.pick(List.of("Bearer ", "bearer ", "BEARER    ", "bEaReR  "), random);
  }

  /** A path as a caller may write it and a gateway still routes it somewhere. */
  private String odd(String path) {
    var piece =
        FuzzTokens.pick(
            List.of(
                "*", "?", "${x}", "%2F", "%2e%2e", ";a=b", "//", "/", ":", "é", "\ud800", "\0", " ",
                "{id}", "..", "+", "@", "\"", "%00", "search", "refunds"),
            random);
    int at = 1 + random.nextInt(path.length());
    return path.substring(0, at) + piece + path.substring(at);
  }

  private static String quoted(String text) {
    var quoted = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) {
        quoted.append(String.format("\\u%04x", (int) c));
      } else {
        quoted.append(c);
      }
    }
    return quoted.append('"').toString();
  }
}
