package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.simulate.Explanation;
import dev.grantway.admin.simulate.SimulateService;
import dev.grantway.admin.simulate.Simulated;
import dev.grantway.admin.simulate.SimulationInput;
import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Requests that nobody made, decided: {@code docs/rest-api.md}. */
@RestController
class SimulateApi {
  private static final Map<Field, String> TEXTS =
      Map.of(
          Field.METHOD, "method",
          Field.PATH, "path",
          Field.AGAINST, "against",
          Field.ISSUER, "issuer",
          Field.SUBJECT, "sub",
          Field.CLIENT, "client",
          Field.SOURCE_IP, "sourceIp",
          Field.AT, "at");
  private static final Map<Field, String> NAMES =
      Map.of(Field.ROLES, "roles", Field.GROUPS, "groups", Field.SCOPES, "scopes");
  private static final Map<Field, String> LINES =
      Map.of(Field.CLAIMS, "claims", Field.HEADERS, "headers", Field.QUERY, "query");

  private static final Pattern COMMA = Pattern.compile(",");
  private static final Pattern BETWEEN = Pattern.compile("[,\\s]");

  private final SimulateService simulator;
  private final ApiService apis;

  SimulateApi(SimulateService simulator, ApiService apis) {
    this.simulator = simulator;
    this.apis = apis;
  }

  @Needs(Task.DRAFT)
  @PostMapping(
      path = "/api/v1/apis/{api}/stages/{stage}/simulate",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> simulate(
      @PathVariable String api, @PathVariable String stage, @RequestBody byte[] body) {
    SimulationInput input = CanonicalJson.read(body).as(SimulateApi::input);
    return apis.api(new ApiId(api))
        .filter(it -> it.stages().contains(stage))
        .map(it -> answer(simulator.simulate(it, stage, input)))
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there"));
  }

  private static SimulationInput input(JsonObject json) {
    var texts = new EnumMap<Field, String>(Field.class);
    TEXTS.forEach((field, name) -> texts.put(field, json.textOr(name, "")));
    NAMES.forEach(
        (field, name) ->
            texts.put(
                field, names(name, json.texts(name), field == Field.GROUPS ? COMMA : BETWEEN)));
    LINES.forEach((field, name) -> texts.put(field, lines(name, json.texts(name))));
    return new SimulationInput(texts);
  }

  /** With commas between, as the form takes them. */
  private static String names(String name, List<String> each, Pattern between) {
    if (each.stream().anyMatch(it -> between.matcher(it).find())) {
      throw new IllegalArgumentException(
          "each of `"
              + name
              + "` is one name without commas"
              + (between == COMMA ? "" : " and white space"));
    }
    return String.join(",", each);
  }

  private static String lines(String name, List<String> lines) {
    if (lines.stream().anyMatch(it -> it.lines().count() > 1)) {
      throw new IllegalArgumentException("each of `" + name + "` is one line");
    }
    return String.join("\n", lines);
  }

  private static ResponseEntity<byte[]> answer(Simulated simulated) {
    return switch (simulated) {
      case Simulated.Unreadable(var problems) ->
          Problem.of(
              HttpStatus.UNPROCESSABLE_CONTENT,
              problems.entrySet().stream()
                  .sorted(Map.Entry.comparingByKey())
                  .map(it -> new Objection("bad-" + Answers.code(it.getKey()), it.getValue()))
                  .toList());
      case Simulated.NotThere(var why) ->
          Problem.said(HttpStatus.NOT_FOUND, "not-there", why.in(Locale.ENGLISH));
      case Simulated.Decided it -> Answers.json(json -> write(json, it));
    };
  }

  private static void write(JsonGenerator json, Simulated.Decided it) throws IOException {
    Explanation.Decided decided = it.decided();
    json.writeStartObject();
    json.writeNumberField("revision", it.asked());
    json.writeBooleanField("draft", it.draft());
    json.writeStringField("at", decided.at().toString());
    json.writeStringField("effect", decided.decision().isAllowed() ? "ALLOW" : "DENY");
    json.writeStringField("reason", decided.decision().reason().code());
    CanonicalJson.texts(
        json, "by", decided.decision().by().stream().map(PermissionId::value).toList());
    if (it.route().isPresent()) {
      Route route = it.route().get();
      json.writeStringField("route", route.toString());
    }
    CanonicalJson.texts(json, "named", it.named().stream().sorted().toList());
    CanonicalJson.texts(json, "unknown", it.unknown().stream().sorted().toList());
    CanonicalJson.texts(
        json, "inherited", decided.inherited().stream().map(RoleName::value).toList());
    json.writeNumberField("considered", it.considered());
    json.writeArrayFieldStart("nearest");
    for (Explanation.Near near : decided.nearest()) {
      Permission permission = near.permission();
      json.writeStartObject();
      json.writeStringField("permission", permission.id().value());
      json.writeStringField("role", permission.role().value());
      json.writeStringField("failed", Answers.code(near.failed()));
      json.writeEndObject();
    }
    json.writeEndArray();
    Answers.write(json, "document", it.document());
    json.writeStringField("curl", it.curl());
    json.writeEndObject();
  }
}
