package dev.grantway.admin.simulate;

import dev.grantway.admin.common.Instants;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Cidr;
import dev.grantway.resource.Action;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what was typed; every field that cannot be read gets its own sentence. */
final class SimulationReader {
  /** What a token may bring and assignments may add (TOKENS). */
  private static final int MOST_NAMES = 256;

  private static final int LONGEST = 8_192;

  private final SimulationInput input;
  private final boolean webSocket;
  private final Map<Field, Sentence> problems = new EnumMap<>(Field.class);

  private SimulationReader(SimulationInput input, boolean webSocket) {
    this.input = input;
    this.webSocket = webSocket;
  }

  /** Either of them, never both. */
  record Reading(Optional<Simulation> simulation, Map<Field, Sentence> problems) {
    Reading {
      problems = Map.copyOf(problems);
    }
  }

  static Reading read(SimulationInput input, boolean webSocket) {
    var reader = new SimulationReader(input, webSocket);
    Simulation simulation = reader.simulation();
    return new Reading(
        reader.problems.isEmpty() ? Optional.of(simulation) : Optional.empty(), reader.problems);
  }

  private Simulation simulation() {
    var caller =
        new PolicyTest.Caller(
            input.text(Field.ISSUER),
            input.text(Field.SUBJECT),
            input.text(Field.CLIENT),
            separated(Field.GROUPS, ","),
            names(Field.ROLES),
            claims(),
            names(Field.SCOPES));
    var context = new PolicyTest.Context(address(), headers(), pairs(Field.QUERY, "="), at());
    return new Simulation(against(), method(), path(), caller, context);
  }

  private Simulation.Against against() {
    String text = input.text(Field.AGAINST);
    return switch (text) {
      case "", "live" -> new Simulation.Against.Live();
      case "draft" -> new Simulation.Against.Draft();
      default -> {
        if (!text.matches("[0-9]{1,15}")) {
          refuse(Field.AGAINST, "simulate.problem.against");
          yield new Simulation.Against.Live();
        }
        yield new Simulation.Against.Revision(Long.parseLong(text));
      }
    };
  }

  private String method() {
    if (webSocket) {
      return Action.CONNECT.name();
    }
    String text = input.text(Field.METHOD);
    if (Action.verb(text).isEmpty()) {
      refuse(Field.METHOD, "simulate.problem.method");
    }
    return text;
  }

  private String path() {
    String text = input.text(Field.PATH);
    if (text.isEmpty() || text.length() > LONGEST || !webSocket && !text.startsWith("/")) {
      refuse(Field.PATH, webSocket ? "simulate.problem.key" : "simulate.problem.path");
    }
    return text;
  }

  private List<String> names(Field field) {
    return separated(field, "[,\\s]+");
  }

  private List<String> separated(Field field, String separator) {
    List<String> names =
        Stream.of(input.text(field).split(separator))
            .map(String::strip)
            .filter(name -> !name.isEmpty())
            .toList();
    if (names.size() > MOST_NAMES) {
      refuse(field, "simulate.problem.many", Integer.toString(MOST_NAMES));
    }
    return names;
  }

  private Map<String, ClaimValue> claims() {
    var claims = new LinkedHashMap<String, ClaimValue>();
    lines(Field.CLAIMS, "=").forEach(pair -> claims.put(pair.getFirst(), value(pair.getLast())));
    return claims;
  }

  private static ClaimValue value(String text) {
    if (text.equals("true") || text.equals("false")) {
      return new ClaimValue.Bool(Boolean.parseBoolean(text));
    }
    if (text.matches("-?[0-9]{1,15}([.][0-9]{1,15})?")) {
      return new ClaimValue.Number(new BigDecimal(text));
    }
    if (text.startsWith("[") && text.endsWith("]")) {
      return ClaimValue.Items.of(
          Stream.of(text.substring(1, text.length() - 1).split(","))
              .map(String::strip)
              .filter(item -> !item.isEmpty())
              .toList());
    }
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return new ClaimValue.Text(quoted ? text.substring(1, text.length() - 1) : text);
  }

  private String address() {
    String text = input.text(Field.SOURCE_IP);
    if (!text.isEmpty() && Cidr.address(text).isEmpty()) {
      refuse(Field.SOURCE_IP, "simulate.problem.ip");
    }
    return text;
  }

  /** Names are told apart without case, as a gateway does. */
  private Map<String, List<String>> headers() {
    var headers = new TreeMap<String, List<String>>();
    pairs(Field.HEADERS, ":")
        .forEach(
            (name, values) ->
                headers
                    .computeIfAbsent(name.toLowerCase(Locale.ROOT), it -> new ArrayList<>())
                    .addAll(values));
    return headers;
  }

  private Map<String, List<String>> pairs(Field field, String separator) {
    var pairs = new LinkedHashMap<String, List<String>>();
    lines(field, separator)
        .forEach(
            pair ->
                pairs
                    .computeIfAbsent(pair.getFirst(), name -> new ArrayList<>())
                    .add(pair.getLast()));
    return pairs;
  }

  private List<List<String>> lines(Field field, String separator) {
    var pairs = new ArrayList<List<String>>();
    for (String line : input.text(field).lines().map(String::strip).toList()) {
      int cut = line.indexOf(separator);
      if (cut > 0) {
        pairs.add(List.of(line.substring(0, cut).strip(), line.substring(cut + 1).strip()));
      } else if (!line.isEmpty()) {
        refuse(field, "simulate.problem.pair", separator, line);
      }
    }
    return pairs;
  }

  private @Nullable Instant at() {
    String text = input.text(Field.AT);
    if (text.isEmpty()) {
      return null;
    }
    Optional<Instant> at = Instants.read(text);
    if (at.isEmpty()) {
      refuse(Field.AT, "publish.when.bad");
    }
    return at.orElse(null);
  }

  private void refuse(Field field, String key, Object... facts) {
    problems.putIfAbsent(field, Sentence.of(key, facts));
  }
}
