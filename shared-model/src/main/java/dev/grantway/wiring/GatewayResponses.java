package dev.grantway.wiring;

import dev.grantway.analysis.Severity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What callers of a REST API should see where API Gateway refuses or fails by itself, and what the
 * API has. API Gateway's own answers open nothing; those that are wanted tell callers more: which
 * scheme a 401 asks for (RFC 9110 section 11.6.1), which document refused, and that an outage is
 * one (503 with {@code Retry-After}).
 */
public final class GatewayResponses {
  private static final String HEADER = "gatewayresponse.header.";
  private static final String CHALLENGE = HEADER + "WWW-Authenticate";
  private static final String DOCUMENT = "context.authorizer.document";
  private static final String UNAUTHORIZED = "UNAUTHORIZED";
  private static final String DENIED = "ACCESS_DENIED";
  private static final String OUTAGE = "503";

  private static final String DEFAULT_4XX = "DEFAULT_4XX";
  private static final String DEFAULT_5XX = "DEFAULT_5XX";

  /** Those that {@code GrantwayAuthorizer} of the module deploy makes. */
  public static final List<GatewayResponse> WANTED =
      List.of(
          wanted(
              UNAUTHORIZED, "401", Map.of(CHALLENGE, "'Bearer'"), "{\"message\":\"Unauthorized\"}"),
          wanted(
              DENIED,
              "403",
              Map.of(HEADER + "x-grantway-document", DOCUMENT),
              "{\"message\":\"Forbidden\",\"document\":\"$" + DOCUMENT + "\"}"),
          outage("AUTHORIZER_CONFIGURATION_ERROR"),
          outage("AUTHORIZER_FAILURE"));

  private GatewayResponses() {}

  private static GatewayResponse outage(String type) {
    return wanted(
        type,
        OUTAGE,
        Map.of(HEADER + "Retry-After", "'5'"),
        "{\"message\":\"Service Unavailable\"}");
  }

  private static GatewayResponse wanted(
      String type, String status, Map<String, String> parameters, String body) {
    return GatewayResponse.of(type, status, parameters, Map.of("application/json", body), true);
  }

  /**
   * Whatever is wrong or lacking.
   *
   * @param told by GetGatewayResponses; none: nothing is known, and nothing is found
   */
  static List<WiringFault> faults(Collection<GatewayResponse> told) {
    var types = new LinkedHashMap<String, List<String>>();
    if (!told.isEmpty()) {
      WANTED.forEach(
          it ->
              lack(it, inForce(it, told))
                  .ifPresent(
                      code ->
                          types.computeIfAbsent(code, any -> new ArrayList<>()).add(it.type())));
    }
    return types.entrySet().stream().map(it -> fault(it.getKey(), it.getValue())).toList();
  }

  /**
   * What to put so that a fault is none, with everything else as it is: headers, for CORS for
   * example, and bodies that somebody set.
   *
   * @param code of the fault
   */
  public static List<GatewayResponse> change(String code, Collection<GatewayResponse> told) {
    return WANTED.stream()
        .filter(it -> lack(it, inForce(it, told)).filter(code::equals).isPresent())
        .map(it -> merged(it, inForce(it, told)))
        .toList();
  }

  /** Those that matter here and that somebody set. */
  static List<GatewayResponse> set(Collection<GatewayResponse> told) {
    return told.stream()
        .filter(GatewayResponse::own)
        .filter(
            it ->
                it.type().equals(DEFAULT_4XX)
                    || it.type().equals(DEFAULT_5XX)
                    || WANTED.stream().anyMatch(wanted -> wanted.type().equals(it.type())))
        .toList();
  }

  /** What callers get: its own, or else that of all of its class, or else API Gateway's. */
  private static GatewayResponse inForce(GatewayResponse wanted, Collection<GatewayResponse> told) {
    String fallback = wanted.status().startsWith("4") ? DEFAULT_4XX : DEFAULT_5XX;
    String usual = wanted.status().equals(OUTAGE) ? "500" : wanted.status();
    return find(wanted.type(), told)
        .or(() -> find(fallback, told))
        .map(
            it ->
                GatewayResponse.of(
                    wanted.type(),
                    it.status().isEmpty() ? usual : it.status(),
                    it.parameters(),
                    it.templates(),
                    true))
        .orElseGet(() -> GatewayResponse.of(wanted.type(), usual, Map.of(), Map.of(), false));
  }

  private static Optional<GatewayResponse> find(String type, Collection<GatewayResponse> told) {
    return told.stream().filter(it -> it.own() && it.type().equals(type)).findFirst();
  }

  /** The code of the worst that is wrong with one. */
  private static Optional<String> lack(GatewayResponse wanted, GatewayResponse is) {
    if (!is.status().startsWith("4") && !is.status().startsWith("5")) {
      return Optional.of("refusal-looks-well");
    }
    return switch (wanted.type()) {
      case UNAUTHORIZED ->
          header(is, CHALLENGE)
              .map(
                  value ->
                      value.length() > 1 && value.startsWith("'") && value.endsWith("'")
                          ? ""
                          : "challenge-not-static")
              .or(() -> Optional.of("no-challenge"))
              .filter(code -> !code.isEmpty());
      case DENIED -> names(is) ? Optional.empty() : Optional.of("no-document-id");
      default -> is.status().equals(OUTAGE) ? Optional.empty() : Optional.of("outage-is-no-503");
    };
  }

  private static Optional<String> header(GatewayResponse of, String name) {
    return of.parameters().entrySet().stream()
        .filter(it -> it.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static boolean names(GatewayResponse is) {
    return is.parameters().containsValue(DOCUMENT)
        || is.templates().values().stream().anyMatch(body -> body.contains("$" + DOCUMENT));
  }

  private static GatewayResponse merged(GatewayResponse wanted, GatewayResponse is) {
    var parameters = new TreeMap<>(is.parameters());
    parameters
        .keySet()
        .removeIf(name -> wanted.parameters().keySet().stream().anyMatch(name::equalsIgnoreCase));
    parameters.putAll(wanted.parameters());
    boolean keeps = is.status().startsWith("4") && wanted.status().startsWith("4");
    return GatewayResponse.of(
        wanted.type(),
        keeps ? is.status() : wanted.status(),
        parameters,
        is.templates().isEmpty() ? wanted.templates() : is.templates(),
        true);
  }

  private static WiringFault fault(String code, List<String> types) {
    String which = StageWiring.shown(types.stream().map(type -> "`" + type + "`").toList());
    return switch (code) {
      case "refusal-looks-well" ->
          new WiringFault(
              code,
              Severity.WARNING,
              "calls that are refused or fail ("
                  + which
                  + ") are answered with a status under 400: nobody gets through, and callers take"
                  + " it for done",
              "answer with 401, 403 and 503");
      case "challenge-not-static" ->
          new WiringFault(
              code,
              Severity.WARNING,
              "`WWW-Authenticate` of a 401 is taken from the call: who makes it writes what the"
                  + " header says",
              "make it a text in apostrophes: `'Bearer'`");
      case "no-challenge" ->
          new WiringFault(
              code,
              Severity.NOTE,
              "a 401 comes without `WWW-Authenticate`, which RFC 9110 asks for: callers are not told"
                  + " that a bearer token is wanted",
              "set the gateway response " + which);
      case "no-document-id" ->
          new WiringFault(
              code,
              Severity.NOTE,
              "a 403 does not say which document refused: who got it cannot be told why",
              "set the gateway response " + which);
      default ->
          new WiringFault(
              code,
              Severity.NOTE,
              "where keys or the policy cannot be had callers get a 500 rather than a 503 ("
                  + which
                  + "): they take it for a bug, and few try again",
              "set these gateway responses");
    };
  }
}
