package dev.grantway.usage;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.grantway.policy.RoleName;
import dev.grantway.store.UsageDay;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/**
 * Reads lines of logs: decision lines of authorizers ({@code docs/operations.md}) and API Gateway's
 * access log in the format that {@code docs/usage.md} gives. For one thread.
 */
final class CallLine {
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(8)
                  .maxNumberLength(32)
                  .maxStringLength(100_000)
                  .build())
          .build();

  private static final Pattern SHORT = Pattern.compile("[0-9a-f]{16}");
  private static final Pattern WHOLE = Pattern.compile("[A-Za-z0-9_-]{43}");
  private static final int SHORT_BYTES = 8;
  private static final int MOST_KNOWN = 10_000;
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

  private final UnaryOperator<String> pseudonym;
  private final Map<String, SortedSet<RoleName>> known = new HashMap<>();
  private long foreign;

  /**
   * @param pseudonym of a plain principal, 16 hexadecimal digits: none is kept
   */
  CallLine(UnaryOperator<String> pseudonym) {
    this.pseudonym = pseudonym;
  }

  /** What a line may say; absent is empty. */
  private static final class Fields {
    String event = "";
    String type = "";
    String at = "";
    String api = "";
    String stage = "";
    String method = "";
    String route = "";
    String path = "";
    String who = "";
    String roles = "";
    String effect = "";
    String outcome = "";
    String refused = "";
  }

  /**
   * The call that a line tells of; none where it tells of something else, or of a call that no
   * policy data decided.
   *
   * @throws IllegalArgumentException if it is not a JSON object, or a call without its facts
   */
  Optional<Call> read(byte[] line, int length) {
    Fields it = fields(line, length);
    return switch (it.event) {
      case "decision" -> decision(it);
      case "access" -> access(it);
      default -> {
        foreign += it.event.isEmpty() && !it.type.startsWith("platform.") ? 1 : 0;
        yield Optional.empty();
      }
    };
  }

  /**
   * How many lines said of no event what it is: such logs are of another format. What Lambda itself
   * says, as JSON of a {@code type} such as {@code platform.start}, is not among them.
   */
  long foreign() {
    return foreign;
  }

  private Optional<Call> decision(Fields it) {
    if (!it.outcome.equals("answered") || it.route.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Call(
            UsageDay.Kind.DECISIONS,
            instant(it.at),
            required(it.api, "api"),
            required(it.stage, "stage"),
            place(required(it.method, "method"), it.route),
            roles(it.roles),
            who(it.who),
            it.effect.equals("ALLOW")));
  }

  private Optional<Call> access(Fields it) {
    boolean refused = it.refused.equals("ACCESS_DENIED");
    // What went wrong behind the authorizer was let through by it.
    boolean failed =
        !refused
            && !it.refused.isEmpty()
            && !it.refused.equals("-")
            && !it.refused.startsWith("INTEGRATION_");
    String route = it.route.isEmpty() || it.route.equals("-") ? it.path : it.route;
    if (failed || route.isEmpty() || route.equals("-")) {
      return Optional.empty();
    }
    return Optional.of(
        new Call(
            UsageDay.Kind.ACCESS,
            instant(it.at),
            required(it.api, "api"),
            required(it.stage, "stage"),
            place(required(it.method, "method"), route),
            roles(it.roles.equals("-") ? "" : it.roles),
            who(it.who),
            !refused));
  }

  /** ANY stands for the method that was called. */
  private static String place(String method, String route) {
    int space = route.indexOf(' ');
    return method + " " + (space < 0 ? route : route.substring(space + 1));
  }

  private String who(String principal) {
    if (principal.isEmpty() || principal.equals("-") || SHORT.matcher(principal).matches()) {
      return principal.equals("-") ? "" : principal;
    }
    if (WHOLE.matcher(principal).matches()) {
      byte[] hash = Base64.getUrlDecoder().decode(principal);
      return HexFormat.of().formatHex(hash, 0, SHORT_BYTES);
    }
    return pseudonym.apply(principal);
  }

  /** Names that are none of the policy's form are nobody's roles. */
  private SortedSet<RoleName> roles(String text) {
    SortedSet<RoleName> before = known.get(text);
    if (before != null) {
      return before;
    }
    var roles = new TreeSet<RoleName>();
    for (String name : text.split(",", -1)) {
      if (!name.isEmpty()) {
        try {
          roles.add(new RoleName(name));
        } catch (IllegalArgumentException noName) {
          // A log may hold anything.
        }
      }
    }
    SortedSet<RoleName> read = Collections.unmodifiableSortedSet(roles);
    if (known.size() < MOST_KNOWN) {
      known.put(text, read);
    }
    return read;
  }

  private static String required(String text, String name) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("a call without `" + name + "`");
    }
    return text;
  }

  /** ISO 8601, or milliseconds since the epoch as {@code $context.requestTimeEpoch} gives them. */
  private static Instant instant(String text) {
    try {
      Instant at =
          text.indexOf('T') < 0 ? Instant.ofEpochMilli(Long.parseLong(text)) : Instant.parse(text);
      if (at.isBefore(Instant.EPOCH) || at.isAfter(LATEST)) {
        throw new IllegalArgumentException("a call at no time that can be");
      }
      return at;
    } catch (DateTimeException | NumberFormatException e) {
      throw new IllegalArgumentException("a call without an instant", e);
    }
  }

  private static Fields fields(byte[] line, int length) {
    var it = new Fields();
    try (JsonParser json = FACTORY.createParser(line, 0, length)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IllegalArgumentException("no JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "event" -> it.event = text(json);
          case "type" -> it.type = text(json);
          case "at" -> it.at = text(json);
          case "api" -> it.api = text(json);
          case "stage" -> it.stage = text(json);
          case "method" -> it.method = text(json);
          case "route" -> it.route = text(json);
          case "path" -> it.path = text(json);
          case "who" -> it.who = text(json);
          case "roles" -> it.roles = text(json);
          case "effect" -> it.effect = text(json);
          case "outcome" -> it.outcome = text(json);
          case "response" -> it.refused = text(json);
          default -> json.skipChildren();
        }
      }
      if (json.currentToken() != JsonToken.END_OBJECT || json.nextToken() != null) {
        throw new IllegalArgumentException("no JSON object alone");
      }
    } catch (IOException e) {
      throw new IllegalArgumentException("not JSON", e);
    }
    return it;
  }

  /** A text, a number, or texts with commas between; anything else is empty. */
  private static String text(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_STRING, VALUE_NUMBER_INT -> json.getText();
      case START_ARRAY -> {
        var all = new StringBuilder();
        while (json.nextToken() != JsonToken.END_ARRAY) {
          all.append(all.isEmpty() ? "" : ",").append(text(json));
        }
        yield all.toString();
      }
      default -> {
        json.skipChildren();
        yield "";
      }
    };
  }
}
