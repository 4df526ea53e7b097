package dev.grantway.authorizer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Signed tokens, good ones and ones with a known fault, made once for a run of the fuzz test and
 * then spoilt as texts. Every claim that may stay secret holds a canary.
 */
final class FuzzTokens {
  static final String CANARY = "canary7f3a";

  private static final int SIGNED = 1_500;
  private static final long NOW = TestClock.START.getEpochSecond();
  private static final List<String> KEYS = List.of("r1", "e1", "e1", "o1", "e1");

  /** What a member may be replaced by so that the token has to be refused. */
  private static final Map<String, List<String>> FAULTS =
      Map.ofEntries(
          Map.entry("iss", List.of("null", "7", "\"https://issuer.example\"", "\"\"", "[]")),
          Map.entry("aud", List.of("null", "7", "[]", "\"other\"", "[\"other\",7]", "{}")),
          Map.entry("exp", List.of("null", "\"x\"", "true", "0", "-1", "1e400", "[]", "9e30")),
          Map.entry("iat", List.of("null", "\"x\"", "1e400", "9999999999", "-1", "{}")),
          Map.entry("nbf", List.of("null", "\"0\"", "9999999999", "[]", "-1")),
          Map.entry("sub", List.of("null", "7", "\"\"", "[]", "\"a\\u0000\"")),
          Map.entry("jti", List.of("null", "7", "{}")),
          Map.entry("client_id", List.of("null", "7", "\"\"", "[]")),
          Map.entry("sid", List.of("null", "7", "\"\"")),
          Map.entry("token_use", List.of("\"id\"", "null", "7")),
          Map.entry("typ", List.of("\"ID\"", "null", "\"Refresh\"")),
          Map.entry("nonce", List.of("\"n\"", "null")),
          Map.entry("events", List.of("{}", "null")),
          Map.entry("cnf", List.of("{}", "null", "{\"jkt\":\"x\"}")));

  /** Members that change nothing. */
  private static final Map<String, List<String>> HARMLESS =
      Map.of(
          "nbf", List.of("0", Long.toString(NOW), "1.5"),
          "token_use", List.of("\"access\""),
          "typ", List.of("\"Bearer\"", "\"JWT\""),
          "ext", List.of("null", "{\"a\":[1,2,{}]}", "1e30", "\"\\ud83d\\ude00\""),
          "email", List.of("\"" + CANARY + "@example.com\""));

  private static final List<String> HEADER_FAULTS =
      List.of(
          "\"crit\":[]",
          "\"jwk\":{\"kty\":\"oct\",\"k\":\"AAAA\"}",
          "\"jku\":\"http://127.0.0.1:1/\"",
          "\"b64\":false",
          "\"zip\":\"DEF\"",
          "\"x\":{\"a\":1,\"a\":2}",
          "\"typ\":\"dpop+jwt\"",
          "\"alg\":\"none\"");

  /**
   * A compact JWS.
   *
   * @param good whether it has to be accepted; otherwise it has to be refused
   * @param role the one role of its caller
   */
  record Token(String text, boolean good, String role, String about) {}

  private final List<Token> good = new ArrayList<>();
  private final List<Token> faulty = new ArrayList<>();
  private final Set<String> goodTexts = new HashSet<>();
  private final Random random;

  FuzzTokens(long seed) {
    random = new Random(seed);
    for (int i = 0; i < SIGNED; i++) {
      if (i % 3 == 0) {
        good.add(goodToken(i));
        goodTexts.add(good.getLast().text());
      } else {
        faulty.add(i % 15 == 1 ? faultyHeader(i) : faultyToken(i));
      }
    }
  }

  int size() {
    return good.size() + faulty.size();
  }

  /** A signed token: mostly a good one. */
  Token any(Random by) {
    return by.nextInt(3) == 0 ? pick(faulty, by) : pick(good, by);
  }

  Token good(Random by) {
    return pick(good, by);
  }

  private Map<String, String> payload(int i, String role) {
    Map<String, String> members = new LinkedHashMap<>();
    members.put("iss", "\"https://issuer.example/\"");
    members.put("aud", i % 2 == 0 ? "\"https://api.example\"" : "[\"x\",\"https://api.example\"]");
    members.put("sub", "\"sub-" + CANARY + "-" + i + "\"");
    members.put("iat", Long.toString(NOW - 10));
    members.put("exp", Long.toString(NOW + 600));
    members.put("jti", "\"jti-" + CANARY + "-" + i + "\"");
    members.put("client_id", "\"client-" + CANARY + "\"");
    members.put("scope", "\"scope-" + CANARY + "\"");
    members.put("groups", "[\"group-" + CANARY + "\"]");
    members.put("roles", "[\"" + role + "\",\"role-" + CANARY + "\",7,null]");
    return members;
  }

  private Token goodToken(int i) {
    var role = pick(FuzzEvents.ROLES, random);
    var members = payload(i, role);
    mutate(members, HARMLESS);
    return new Token(signed(members, ""), true, role, "good " + i);
  }

  private Token faultyToken(int i) {
    var role = pick(FuzzEvents.ROLES, random);
    var members = payload(i, role);
    mutate(members, HARMLESS);
    var fault = mutate(members, FAULTS);
    return new Token(signed(members, ""), false, role, "fault " + fault);
  }

  private Token faultyHeader(int i) {
    var fault = pick(HEADER_FAULTS, random);
    var members = payload(i, "viewer");
    return new Token(signed(members, "," + fault), false, "viewer", "header " + fault);
  }

  private String mutate(Map<String, String> members, Map<String, List<String>> by) {
    var entry = pick(by.entrySet().stream().sorted(Map.Entry.comparingByKey()).toList(), random);
    var value = pick(entry.getValue(), random);
    members.put(entry.getKey(), value);
    return entry.getKey() + " " + value;
  }

  private String signed(Map<String, String> members, String inHeader) {
    var key = pick(KEYS, random);
    var header = SigningKeys.header(key);
    var payload =
        members.entrySet().stream()
            .map(member -> "\"" + member.getKey() + "\":" + member.getValue())
            .collect(Collectors.joining(",", "{", "}"));
    return SigningKeys.sign(
        key, header.substring(0, header.length() - 1) + inHeader + "}", payload);
  }

  /** Another text than the token's, so that it has to be refused whatever it says. */
  Token spoilt(Token token, Random by) {
    var text = token.text();
    var parts = text.split("\\.");
    var other = pick(good, by).text().split("\\.");
    var spoilt =
        switch (by.nextInt(14)) {
          case 0 -> text.substring(0, by.nextInt(text.length()));
          case 1 -> text + character(by);
          case 2 -> text + ".";
          case 3 -> parts[0] + "." + parts[1] + "." + other[2];
          case 4 -> parts[0] + "." + other[1] + "." + parts[2];
          case 5 -> other[0] + "." + parts[1] + "." + parts[2];
          case 6 -> text.toLowerCase(Locale.ROOT);
          case 7 -> SigningKeys.encode("{\"alg\":\"none\"}") + "." + parts[1] + "." + parts[2];
          case 8 -> SigningKeys.encode("{\"alg\":\"HS256\"}") + "." + parts[1] + "." + parts[2];
          case 9 -> parts[0] + "." + SigningKeys.encode("null") + "." + parts[2];
          case 10 ->
              parts[0] + "." + parts[1] + "." + SigningKeys.encode(new byte[by.nextInt(300)]);
          case 11 -> inserted(text, by);
          case 12 -> structure(parts, by);
          default -> replaced(text, by);
        };
    // A space in front belongs to the scheme.
    return goodTexts.contains(spoilt.replaceFirst("^ +", "")) || spoilt.equals(text)
        ? token
        : new Token(spoilt, false, token.role(), "spoilt " + token.about());
  }

  private static String inserted(String text, Random by) {
    int at = by.nextInt(text.length());
    return text.substring(0, at) + character(by) + text.substring(at);
  }

  private static String replaced(String text, Random by) {
    int at = by.nextInt(text.length());
    return text.substring(0, at) + character(by) + text.substring(at + 1);
  }

  private static char character(Random by) {
    return by.nextInt(4) == 0
        ? (char) by.nextInt(0x2100)
        : "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= +/"
            .charAt(by.nextInt(69));
  }

  /** JSON of odd shapes in place of the payload, under a signature that is not its. */
  private static String structure(String[] parts, Random by) {
    var depth = by.nextInt(40);
    var json =
        switch (by.nextInt(5)) {
          case 0 -> "[".repeat(depth) + "]".repeat(depth);
          case 1 -> "{\"a\":".repeat(depth) + "1" + "}".repeat(depth);
          case 2 -> "{\"iss\":\"https://issuer.example/\",\"exp\":" + "9".repeat(depth) + "}";
          case 3 -> "{\"iss\":\"https://issuer.example/\",\"iss\":1}";
          default -> "{\"iss\":\"\\ud8" + by.nextInt(10) + by.nextInt(10) + "\"}";
        };
    return parts[0] + "." + SigningKeys.encode(json) + "." + parts[2];
  }

  static <T> T pick(List<T> list, Random by) {
    return list.get(by.nextInt(list.size()));
  }
}
