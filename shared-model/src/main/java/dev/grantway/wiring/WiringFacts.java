package dev.grantway.wiring;

import dev.grantway.analysis.Severity;
import dev.grantway.wiring.AttachedRoute.By;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * How a stage is wired as facts by name, to be kept and compared: {@code stage}, {@code type},
 * {@code authorizer}, {@code authorizer-id}, {@code function}, {@code kind}, {@code sources},
 * {@code ttl} in seconds, {@code answers}, {@code payload}, {@code resource-policy}, and for each
 * route {@code route GET /orders} who is asked. Of a REST API also {@code responses}, which are
 * {@code told}, and each {@code response ACCESS_DENIED} that somebody set.
 */
public record WiringFacts(SortedMap<String, String> byName) {
  private static final String ROUTE = "route ";
  private static final String RESPONSE = "response ";
  private static final String RESPONSES = "responses";
  private static final String ASKS = "asks ";
  private static final String OPEN = "open";
  private static final String OTHERWISE = "otherwise";
  private static final String BACK =
      "change it back at the API, or take it for right as it is now, if it is meant";

  public WiringFacts {
    byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
  }

  /** Of what API Gateway tells; {@code authorizer} is ours, by name or id, or empty. */
  public static WiringFacts of(StageReading reading, String authorizer) {
    var facts = new TreeMap<String, String>();
    facts.put("type", reading.type().name());
    facts.put("stage", reading.deployed() ? "deployed" : "missing");
    facts.put("told", reading.asDeployed() ? "as deployed" : "as edited");
    reading
        .authorizer(authorizer)
        .ifPresent(
            it -> {
              Attachment attached = it.attachment();
              facts.put("authorizer", it.name());
              facts.put("authorizer-id", it.id());
              facts.put("function", it.function());
              facts.put("kind", attached.tokenType() ? "TOKEN" : "REQUEST");
              facts.put("sources", String.join(", ", attached.identitySources()));
              facts.put("ttl", Long.toString(attached.ttl().toSeconds()));
              facts.put("answers", attached.simple() ? "simple" : "documents");
              facts.put("payload", it.payload());
              facts.put("resource-policy", attached.resourcePolicy() ? "yes" : "no");
            });
    for (AttachedRoute route : reading.routes()) {
      facts.put(ROUTE + route.route(), asked(route));
    }
    if (!reading.responses().isEmpty()) {
      facts.put(RESPONSES, "told");
      GatewayResponses.set(reading.responses())
          .forEach(it -> facts.put(RESPONSE + it.type(), it.text()));
    }
    return new WiringFacts(facts);
  }

  private static String asked(AttachedRoute route) {
    return switch (route.by()) {
      case NOTHING -> OPEN;
      case AUTHORIZER -> ASKS + route.authorizer();
      case OTHER -> OTHERWISE;
    };
  }

  /** A fact by name; empty where there is none. */
  public String get(String name) {
    return byName.getOrDefault(name, "");
  }

  /** One route and who is asked. */
  public record RouteFact(String route, By by, String authorizer) {}

  /** The routes, by their text. */
  public List<RouteFact> routes() {
    return byName.entrySet().stream()
        .filter(fact -> fact.getKey().startsWith(ROUTE))
        .map(
            fact ->
                new RouteFact(
                    fact.getKey().substring(ROUTE.length()),
                    fact.getValue().equals(OPEN)
                        ? By.NOTHING
                        : fact.getValue().equals(OTHERWISE) ? By.OTHER : By.AUTHORIZER,
                    fact.getValue().startsWith(ASKS)
                        ? fact.getValue().substring(ASKS.length())
                        : ""))
        .toList();
  }

  /** What somebody set of what the API answers by itself, by its type. */
  public SortedMap<String, String> responses() {
    var responses = new TreeMap<String, String>();
    byName.forEach(
        (name, value) -> {
          if (name.startsWith(RESPONSE)) {
            responses.put(name.substring(RESPONSE.length()), value);
          }
        });
    return responses;
  }

  /**
   * These as taken for right, with gateway responses as they are found where these do not tell
   * them: an earlier release was not told them. From then on what differs from them is drift.
   */
  public WiringFacts withResponsesOf(WiringFacts found) {
    if (!get(RESPONSES).isEmpty() || found.get(RESPONSES).isEmpty()) {
      return this;
    }
    var facts = new TreeMap<>(byName);
    facts.put(RESPONSES, found.get(RESPONSES));
    found.responses().forEach((type, text) -> facts.put(RESPONSE + type, text));
    return new WiringFacts(facts);
  }

  /** How these differ from those that were taken for right; none where nothing was yet. */
  public List<WiringFault> drift(WiringFacts accepted) {
    if (accepted.byName.isEmpty()) {
      return List.of();
    }
    var faults = new ArrayList<WiringFault>();
    Stream.of(
            drift(accepted, "drift-stage", "the stage", "stage"),
            drift(accepted, "drift-authorizer", "the authorizer", "authorizer", "function"),
            drift(accepted, "drift-cache-key", "what answers are cached under", "kind", "sources"),
            drift(accepted, "drift-ttl", "the TTL in seconds", "ttl"),
            drift(accepted, "drift-answers", "the form of answers", "answers", "payload"),
            drift(accepted, "drift-resource-policy", "the resource policy", "resource-policy"))
        .flatMap(Optional::stream)
        .forEach(faults::add);
    driftOfRoutes(accepted, faults);
    driftOfResponses(accepted).ifPresent(faults::add);
    return faults;
  }

  /** An earlier release took for right what it was not told: that is no drift. */
  private Optional<WiringFault> driftOfResponses(WiringFacts accepted) {
    if (get(RESPONSES).isEmpty() || accepted.get(RESPONSES).isEmpty()) {
      return Optional.empty();
    }
    var was = accepted.responses();
    var is = responses();
    var types = new TreeSet<>(was.keySet());
    types.addAll(is.keySet());
    types.removeIf(type -> was.getOrDefault(type, "").equals(is.getOrDefault(type, "")));
    return types.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WiringFault(
                "drift-gateway-responses",
                Severity.WARNING,
                "what callers see of refusals and failures is another: "
                    + StageWiring.shown(quotedEach(List.copyOf(types))),
                BACK));
  }

  private Optional<WiringFault> drift(
      WiringFacts accepted, String code, String what, String... names) {
    var was = new ArrayList<String>();
    var is = new ArrayList<String>();
    for (String name : names) {
      if (!accepted.get(name).equals(get(name))) {
        was.add(accepted.get(name));
        is.add(get(name));
      }
    }
    return was.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new WiringFault(
                code,
                Severity.WARNING,
                what + " was " + quoted(was) + " and is " + quoted(is),
                BACK));
  }

  private static String quoted(List<String> texts) {
    return "`" + String.join("; ", texts) + "`";
  }

  private void driftOfRoutes(WiringFacts accepted, List<WiringFault> faults) {
    var names = new TreeSet<>(byName.keySet());
    names.addAll(accepted.byName.keySet());
    var table = new ArrayList<String>();
    var attachment = new ArrayList<String>();
    for (String name : names) {
      String was = accepted.get(name);
      String is = get(name);
      if (name.startsWith(ROUTE) && !was.equals(is)) {
        (was.isEmpty() || is.isEmpty() ? table : attachment).add(name.substring(ROUTE.length()));
      }
    }
    add(faults, "drift-routes", "routes came or went", table);
    add(faults, "drift-attachment", "routes ask otherwise than before", attachment);
  }

  private static void add(List<WiringFault> faults, String code, String what, List<String> routes) {
    if (!routes.isEmpty()) {
      faults.add(
          new WiringFault(
              code,
              Severity.WARNING,
              routes.size() + " " + what + ": " + StageWiring.shown(quotedEach(routes)),
              BACK,
              routes));
    }
  }

  private static List<String> quotedEach(List<String> routes) {
    return routes.stream().map(route -> "`" + route + "`").toList();
  }
}
