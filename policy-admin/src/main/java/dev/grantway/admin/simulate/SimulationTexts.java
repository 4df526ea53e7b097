package dev.grantway.admin.simulate;

import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.resource.Action;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What somebody would have to type to ask what a test asks. */
final class SimulationTexts {
  private SimulationTexts() {}

  /** None where the form has no way to say it, such as a claim that is an object. */
  static Optional<SimulationInput> of(PolicyTest test) {
    boolean webSocket = test.method().equals(Action.CONNECT.name());
    PolicyTest.Caller caller = test.caller();
    PolicyTest.Context context = test.context();
    var texts = new EnumMap<Field, String>(Field.class);
    texts.put(Field.METHOD, webSocket ? "" : test.method());
    texts.put(Field.PATH, test.path());
    texts.put(Field.ROLES, String.join(", ", caller.roles()));
    texts.put(Field.ISSUER, caller.issuer());
    texts.put(Field.SUBJECT, caller.sub());
    texts.put(Field.CLIENT, caller.client());
    texts.put(Field.GROUPS, String.join(", ", caller.groups()));
    texts.put(Field.SCOPES, String.join(" ", caller.scopes()));
    texts.put(Field.CLAIMS, claims(caller.claims()));
    texts.put(Field.SOURCE_IP, context.sourceIp());
    texts.put(Field.HEADERS, pairs(context.headers(), ": "));
    texts.put(Field.QUERY, pairs(context.query(), "="));
    texts.put(Field.AT, context.now().map(Instant::toString).orElse(""));
    var input = new SimulationInput(texts);
    return SimulationReader.read(input, webSocket)
        .simulation()
        .filter(it -> it.caller().equals(caller) && it.context().equals(context))
        .map(it -> input);
  }

  private static String claims(Map<String, ClaimValue> claims) {
    return claims.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(it -> it.getKey() + " = " + text(it.getValue()))
        .collect(Collectors.joining("\n"));
  }

  private static String text(ClaimValue value) {
    return switch (value) {
      case ClaimValue.Text(var text) -> "\"" + text + "\"";
      case ClaimValue.Number(var number) -> number.toPlainString();
      case ClaimValue.Bool(var yes) -> Boolean.toString(yes);
      case ClaimValue.Items(var values) ->
          values.stream()
              .map(it -> it instanceof ClaimValue.Text(var item) ? item : "")
              .collect(Collectors.joining(", ", "[", "]"));
      case ClaimValue.Opaque() -> "";
    };
  }

  private static String pairs(Map<String, List<String>> pairs, String between) {
    return pairs.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .flatMap(it -> it.getValue().stream().map(value -> it.getKey() + between + value))
        .collect(Collectors.joining("\n"));
  }
}
