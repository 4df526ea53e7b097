package dev.grantway.authorizer;

import dev.grantway.authorizer.gateway.TokenSource;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.DocumentScope;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Reads the {@code GRANTWAY_*} names, noting every problem before it throws. */
final class ConfigurationReader {
  private static final String CLOCK_SKEW = "GRANTWAY_CLOCK_SKEW";
  private static final Duration HOUR = Duration.ofHours(1);
  private static final Duration DAY = Duration.ofDays(1);
  private static final Duration LONGEST_OBSERVING = Duration.ofDays(30);
  private static final Pattern OBSERVE = Pattern.compile("until:(.{1,64})");
  private static final Set<String> NAMES =
      Set.of(
          "GRANTWAY_TABLE",
          IssuersReader.NAME,
          "GRANTWAY_CACHE_KEY",
          "GRANTWAY_CACHE_TTL",
          "GRANTWAY_TOKEN_SOURCE",
          "GRANTWAY_POLICY_MAX_AGE",
          "GRANTWAY_STALE_LIMIT",
          "GRANTWAY_POLICY_BYTES",
          "GRANTWAY_IAM_CONDITIONS",
          "GRANTWAY_RESOURCE_POLICY_FENCE",
          "GRANTWAY_SIMPLE_RESPONSES",
          "GRANTWAY_DENY_INSTEAD_OF_401",
          CLOCK_SKEW,
          "GRANTWAY_OBSERVE",
          "GRANTWAY_PRINCIPAL_HASH_KEY");

  private final Map<String, String> environment;
  private final Instant now;
  private final Problems problems = new Problems();

  ConfigurationReader(Map<String, String> environment, Instant now) {
    this.environment = Map.copyOf(environment);
    this.now = now;
  }

  AuthorizerConfiguration read(boolean tableNeeded) {
    var issuers = new IssuersReader(problems);
    var observe = text("GRANTWAY_OBSERVE").flatMap(this::observe);
    var settings =
        new AuthorizerConfiguration(
            tableNeeded ? required("GRANTWAY_TABLE") : text("GRANTWAY_TABLE"),
            required(IssuersReader.NAME).map(issuers::read).orElse(List.of()),
            cacheKey(),
            cacheTtl(),
            tokenSource(),
            span("GRANTWAY_POLICY_MAX_AGE", "5s", Duration.ZERO, HOUR),
            span("GRANTWAY_STALE_LIMIT", "5m", Duration.ZERO, DAY),
            bytes(),
            flag("GRANTWAY_IAM_CONDITIONS", true),
            flag("GRANTWAY_RESOURCE_POLICY_FENCE", false),
            flag("GRANTWAY_SIMPLE_RESPONSES", false),
            flag("GRANTWAY_DENY_INSTEAD_OF_401", false),
            clockSkew(text(CLOCK_SKEW).orElse("60s"), problems),
            text("GRANTWAY_PRINCIPAL_HASH_KEY"),
            observe.filter(now::isBefore),
            warnings(observe));
    refuseUnsafe(settings);
    problems.throwIfAny();
    return settings;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }

  private Optional<String> required(String name) {
    var value = text(name);
    if (value.isEmpty()) {
      problems.add(name, "is not set");
    }
    return value;
  }

  private CacheKey cacheKey() {
    return required("GRANTWAY_CACHE_KEY")
        .map(
            text ->
                problems.reading("GRANTWAY_CACHE_KEY", CacheKey.NONE, () -> CacheKey.parse(text)))
        .orElse(CacheKey.NONE);
  }

  private Duration cacheTtl() {
    if (text("GRANTWAY_CACHE_KEY").equals(Optional.of("none"))) {
      return Duration.ZERO;
    }
    required("GRANTWAY_CACHE_TTL");
    return span("GRANTWAY_CACHE_TTL", "300s", Duration.ZERO, HOUR);
  }

  private TokenSource tokenSource() {
    var source = text("GRANTWAY_TOKEN_SOURCE").orElse("header:Authorization");
    return problems.reading(
        "GRANTWAY_TOKEN_SOURCE", TokenSource.AUTHORIZATION, () -> TokenSource.parse(source));
  }

  /** What clocks may differ by. */
  static Duration clockSkew(String text, Problems problems) {
    return problems.reading(
        CLOCK_SKEW,
        Duration.ZERO,
        () -> Durations.parse(text, Duration.ZERO, Duration.ofSeconds(300)));
  }

  private Duration span(String name, String otherwise, Duration least, Duration most) {
    var placeholder = Durations.parse(otherwise);
    var text = text(name).orElse(otherwise);
    return problems.reading(name, placeholder, () -> Durations.parse(text, least, most));
  }

  private int bytes() {
    var text = text("GRANTWAY_POLICY_BYTES").orElse("8192");
    if (!text.matches("[1-9][0-9]{3,6}")) {
      problems.add("GRANTWAY_POLICY_BYTES", "`" + text + "` is not between 1000 and 9999999");
      return 8_192;
    }
    return Integer.parseInt(text);
  }

  private boolean flag(String name, boolean otherwise) {
    return switch (text(name).orElse(otherwise ? "on" : "off")) {
      case "on" -> true;
      case "off" -> false;
      default -> {
        problems.add(name, "needs `on` or `off`");
        yield otherwise;
      }
    };
  }

  /** An end is required and bounded, since nothing is refused until then. */
  private Optional<Instant> observe(String text) {
    var until = OBSERVE.matcher(text);
    if (!until.matches()) {
      problems.add(
          "GRANTWAY_OBSERVE",
          "`" + text + "` has no end: write it as in `until:2026-12-24T18:00:00Z`");
      return Optional.empty();
    }
    try {
      var end = Instant.parse(until.group(1)).truncatedTo(ChronoUnit.SECONDS);
      if (end.isAfter(now.plus(LONGEST_OBSERVING))) {
        problems.add(
            "GRANTWAY_OBSERVE",
            "`" + end + "` is more than 30 days ahead: nothing is refused until then");
      }
      return Optional.of(end);
    } catch (DateTimeParseException e) {
      problems.add(
          "GRANTWAY_OBSERVE",
          "`" + until.group(1) + "` is no instant: write it as in `2026-12-24T18:00:00Z`");
      return Optional.empty();
    }
  }

  /** An end that has passed must not keep a function from starting: it ends by itself. */
  private List<String> warnings(Optional<Instant> observe) {
    List<String> warnings = new ArrayList<>(unknownNames());
    observe
        .map(
            end ->
                now.isBefore(end)
                    ? "`GRANTWAY_OBSERVE` is on: until `"
                        + end
                        + "` every request is allowed, with"
                        + " a bad token or none as well"
                    : "`GRANTWAY_OBSERVE` ended at `"
                        + end
                        + "`, and requests are refused as ever:"
                        + " unset it")
        .ifPresent(warnings::add);
    return warnings;
  }

  /** What each setting allows and both together do not (GATEWAY, law of the key). */
  private void refuseUnsafe(AuthorizerConfiguration settings) {
    if (settings.simpleResponses() && settings.cacheKey().scope() == DocumentScope.TOKEN) {
      problems.add(
          "GRANTWAY_SIMPLE_RESPONSES",
          "one boolean that is cached under the token would answer for every route: make"
              + " `$context.routeKey` an identity source and set `GRANTWAY_CACHE_KEY` to"
              + " `token+route`, or answer with policy documents (`off`)");
    }
    if (settings.simpleResponses() && settings.resourcePolicyFence()) {
      problems.add(
          "GRANTWAY_SIMPLE_RESPONSES",
          "a boolean cannot hold the fence of `GRANTWAY_RESOURCE_POLICY_FENCE`, and HTTP APIs have"
              + " no resource policy: set one of the two `off`");
    }
    if (settings.tokenSource().place() == TokenSource.Place.QUERY && settings.caching()) {
      problems.add(
          "GRANTWAY_TOKEN_SOURCE",
          "a token in the query is for WebSocket APIs, which cache nothing: set"
              + " `GRANTWAY_CACHE_KEY` to `none`, or read the token from a header");
    }
  }

  private List<String> unknownNames() {
    List<String> warnings = new ArrayList<>();
    for (var name : new TreeSet<>(environment.keySet())) {
      if (name.startsWith("GRANTWAY_") && !NAMES.contains(name)) {
        var hint = NearestName.hint(name, NAMES);
        if (!hint.isEmpty()) {
          warnings.add("unknown setting `" + name + "`" + hint);
        }
      }
    }
    return warnings;
  }
}
