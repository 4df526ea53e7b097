package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.usage.UsageService;
import dev.grantway.admin.usage.UsePage;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.usage.RoleUse;
import dev.grantway.usage.RouteCalls;
import dev.grantway.usage.Use;
import java.io.IOException;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What logs tell of the use of live grants: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(
    path = "/api/v1/apis/{api}/stages/{stage}/use",
    produces = MediaType.APPLICATION_JSON_VALUE)
class UseApi {
  private static final String DAYS = "90";

  private final UsageService usage;
  private final ApiService apis;

  UseApi(UsageService usage, ApiService apis) {
    this.usage = usage;
    this.apis = apis;
  }

  private Optional<Api> live(String api, String stage) {
    return apis.api(new ApiId(api)).filter(it -> it.stages().contains(stage));
  }

  private static int days(int days) {
    if (days < 1 || days > UsageService.MOST_DAYS) {
      throw new IllegalArgumentException("`days` is 1 to " + UsageService.MOST_DAYS);
    }
    return days;
  }

  /** Calls of a row, as an open object. */
  static void write(JsonGenerator json, RouteCalls it) throws IOException {
    json.writeStringField("route", it.route());
    CanonicalJson.texts(json, "roles", it.roles().stream().map(RoleName::value).toList());
    json.writeNumberField("allowed", it.allowed());
    json.writeNumberField("refused", it.refused());
    json.writeNumberField("callers", it.callers().size());
    json.writeBooleanField("moreCallers", it.moreCallers());
    json.writeStringField("last", it.last().toString());
  }

  @Needs(Task.SEE)
  @GetMapping
  ResponseEntity<byte[]> stage(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam(defaultValue = DAYS) int days) {
    return live(api, stage)
        .map(it -> page(usage.page(it, stage, days(days))))
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there"));
  }

  private static ResponseEntity<byte[]> page(UsePage page) {
    return Answers.json(
        json -> {
          json.writeStartObject();
          page.told().write(json);
          json.writeArrayFieldStart("roles");
          for (UsePage.Caller it : page.roles()) {
            json.writeStartObject();
            json.writeStringField("role", it.role().value());
            json.writeNumberField("calls", it.calls());
            json.writeNumberField("refused", it.refused());
            json.writeStringField("last", it.last().toString());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeArrayFieldStart("refused");
          for (RouteCalls it : page.refused()) {
            json.writeStartObject();
            write(json, it);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Needs(Task.SEE)
  @GetMapping("/{role}")
  ResponseEntity<byte[]> role(
      @PathVariable String api,
      @PathVariable String stage,
      @PathVariable String role,
      @RequestParam(defaultValue = DAYS) int days) {
    var name = new RoleName(role);
    return live(api, stage)
        .flatMap(
            it ->
                usage
                    .role(it, stage, days(days), name)
                    .map(found -> role(found, usage.use(it, stage, days))))
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there"));
  }

  private static ResponseEntity<byte[]> role(RoleUse role, Use use) {
    return Answers.json(
        json -> {
          json.writeStartObject();
          use.told().write(json);
          json.writeNumberField("unused", role.unused());
          json.writeArrayFieldStart("routes");
          for (RoleUse.Line it : role.lines()) {
            json.writeStartObject();
            json.writeStringField("route", it.route());
            json.writeBooleanField("conditional", it.conditional());
            json.writeNumberField("calls", it.calls());
            if (it.last().isPresent()) {
              json.writeStringField("last", it.last().get().toString());
            }
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}
