package dev.grantway.policyfile;

import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads {@code tests}. */
final class TestReader {
  static final List<String> REASONS =
      List.of("allowed", "default-deny", "explicit-deny", "unknown-api", "unknown-route");
  private static final int MAX_NUMBER = 64;

  private final Findings findings;
  private final Known known;

  TestReader(Findings findings, Known known) {
    this.findings = findings;
    this.known = known;
  }

  Optional<PolicyTest> read(Entry entry) {
    Optional<String> name =
        entry.required("name").filter(text -> known.define("test", text, entry.at("name")));
    Optional<Api> api = known.api(entry);
    Optional<String> stage = entry.required("stage");
    if (api.isPresent() && stage.isPresent() && !api.get().stages().contains(stage.get())) {
      findings.warning(
          entry.at("stage"),
          FindingCode.UNKNOWN_STAGE,
          "API `" + api.get().name() + "` has no stage " + Findings.quote(stage.get()),
          "name one of " + String.join(", ", api.get().stages()));
    }
    return read(entry, name, api, stage);
  }

  /** A row of a case table: API and stage are the first ones where it names none. */
  Optional<PolicyTest> readCase(Entry entry) {
    Optional<String> name =
        entry.required("case").filter(text -> known.define("case", text, entry.at("case")));
    Optional<Api> api = entry.has("api") ? known.api(entry) : known.firstApi();
    Optional<String> stage = entry.text("stage").or(() -> api.map(a -> a.stages().getFirst()));
    return read(entry, name, api, stage);
  }

  private Optional<PolicyTest> read(
      Entry entry, Optional<String> name, Optional<Api> api, Optional<String> stage) {
    Optional<String[]> request =
        entry.required("request").flatMap(text -> request(text, api, entry.at("request")));
    entry.requireKey("expect");
    Optional<Effect> expect = entry.word("expect", RoleReader.EFFECTS).map(Effect::valueOf);
    Optional<SortedSet<PermissionId>> by = by(entry);
    PolicyTest.Caller caller =
        entry
            .entry("principal", Shape.PRINCIPAL)
            .map(this::caller)
            .orElse(new PolicyTest.Caller("", "", "", List.of(), List.of(), Map.of(), List.of()));
    var context =
        new PolicyTest.Context(
            entry.text("sourceIp").orElse(""),
            multi(entry, "headers"),
            multi(entry, "query"),
            entry.instant("now").orElse(null));
    Optional<String> reason = entry.word("reason", REASONS);
    if (name.isEmpty()
        || api.isEmpty()
        || stage.isEmpty()
        || request.isEmpty()
        || expect.isEmpty()) {
      return Optional.empty();
    }
    return findings.guard(
        entry.at(),
        FindingCode.BAD_VALUE,
        "give it a shorter name",
        () ->
            new PolicyTest(
                name.get(),
                caller,
                api.get().name(),
                stage.get(),
                request.get()[0],
                request.get()[1],
                context,
                expect.get(),
                by.orElse(null),
                reason.orElse("")));
  }

  /** {@code GET /orders/42}; on WebSocket the route key alone. */
  private Optional<String[]> request(String text, Optional<Api> api, Position at) {
    if (api.isPresent() && api.get().type() == ApiType.WEBSOCKET) {
      return Optional.of(new String[] {"CONNECT", text});
    }
    int space = text.indexOf(' ');
    String method = space < 0 ? text : text.substring(0, space);
    String path = space < 0 ? "" : text.substring(space + 1);
    if (!path.startsWith("/") || Action.verb(method).isEmpty()) {
      findings.error(
          at,
          FindingCode.BAD_VALUE,
          "request " + Findings.quote(text) + " has no method and path",
          "write it like GET /orders/42");
      return Optional.empty();
    }
    return Optional.of(new String[] {method, path});
  }

  private Optional<SortedSet<PermissionId>> by(Entry entry) {
    if (!entry.has("by")) {
      return Optional.empty();
    }
    var ids = new TreeSet<PermissionId>();
    for (Node.Text text : entry.texts("by")) {
      if (known.positions().permission(text.value()).isEmpty()) {
        findings.error(
            text.at(),
            FindingCode.UNKNOWN_PERMISSION,
            "permission " + Findings.quote(text.value()) + " is not in this file",
            "add it or correct its id");
      } else {
        findings
            .guard(
                text.at(),
                FindingCode.BAD_VALUE,
                "correct the id",
                () -> new PermissionId(text.value()))
            .ifPresent(ids::add);
      }
    }
    return Optional.of(ids);
  }

  private PolicyTest.Caller caller(Entry entry) {
    var claims = new HashMap<String, ClaimValue>();
    for (Node.Field field : fields(entry, "claims")) {
      claims.put(field.key().value(), claim(field.value()));
    }
    return new PolicyTest.Caller(
        entry.text("issuer").orElse(""),
        entry.text("sub").orElse(""),
        entry.text("client").orElse(""),
        words(entry, "groups"),
        words(entry, "roles"),
        claims,
        words(entry, "scopes"));
  }

  private static List<String> words(Entry entry, String key) {
    return entry.texts(key).stream().map(Node.Text::value).toList();
  }

  private List<Node.Field> fields(Entry entry, String key) {
    Optional<Node> value = entry.value(key);
    if (value.isEmpty()) {
      return List.of();
    }
    if (value.get() instanceof Node.Fields(var at, var fields)) {
      return fields;
    }
    findings.error(
        value.get().at(),
        FindingCode.WRONG_TYPE,
        "`" + key + "` is " + value.get().kind(),
        "write a mapping like {name: value}");
    return List.of();
  }

  /** Headers and query parameters: one value or a list of them under each name. */
  private Map<String, List<String>> multi(Entry entry, String key) {
    var all = new HashMap<String, List<String>>();
    for (Node.Field field : fields(entry, key)) {
      List<Node> values =
          field.value() instanceof Node.Items(var at, var items) ? items : List.of(field.value());
      all.put(
          field.key().value(),
          values.stream()
              .flatMap(v -> entry.text(v, "a value of `" + key + "`").stream())
              .toList());
    }
    return all;
  }

  /** A claim as JSON would type it. */
  static ClaimValue claim(Node node) {
    return switch (node) {
      case Node.Text text when text.isNull() -> new ClaimValue.Opaque();
      case Node.Text text when text.isBoolean() -> new ClaimValue.Bool(text.value().equals("true"));
      case Node.Text text when text.isNumber() && text.value().length() <= MAX_NUMBER ->
          new ClaimValue.Number(new BigDecimal(text.value()));
      case Node.Text text -> new ClaimValue.Text(text.value());
      case Node.Items(var at, var items) ->
          new ClaimValue.Items(items.stream().map(TestReader::claim).toList());
      case Node.Fields fields -> new ClaimValue.Opaque();
    };
  }
}
