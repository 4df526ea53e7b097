package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.wiring.WiringInput;
import dev.grantway.admin.wiring.WiringInput.Field;
import dev.grantway.admin.wiring.WiringPage;
import dev.grantway.admin.wiring.WiringService;
import dev.grantway.policy.Api;
import dev.grantway.revision.CanonicalJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** How deployed APIs ask their authorizers: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(path = "/api/v1/wiring", produces = MediaType.APPLICATION_JSON_VALUE)
class WiringApi {
  private static final String STAGE = "/{api}/{stage}";

  private final WiringService wiring;
  private final ApiService apis;

  WiringApi(WiringService wiring, ApiService apis) {
    this.wiring = wiring;
    this.apis = apis;
  }

  @Needs(Task.SEE)
  @GetMapping
  ResponseEntity<byte[]> all() {
    Map<String, String> names =
        apis.apis().stream().collect(Collectors.toMap(it -> it.id().value(), Api::name));
    List<WiringService.Line> lines = wiring.all();
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("stages");
          for (WiringService.Line it : lines) {
            write(
                json,
                names.getOrDefault(it.api().value(), it.api().value()),
                it.stage(),
                it.page());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Needs(Task.SEE)
  @GetMapping(STAGE)
  ResponseEntity<byte[]> one(@PathVariable String api, @PathVariable String stage) {
    return at(api, stage, (it, name) -> page(it, name, wiring.page(it, name)));
  }

  /** Connects a stage, or connects it otherwise, and looks at it. */
  @Needs(Task.CHANGE_RULES)
  @PutMapping(path = STAGE, consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> connect(
      @PathVariable String api, @PathVariable String stage, @RequestBody byte[] body) {
    WiringInput input =
        CanonicalJson.read(body)
            .as(
                json ->
                    new WiringInput(
                        json.textOr("region", ""),
                        json.textOr("authorizer", ""),
                        json.textOr("tokenSource", "")));
    return at(
        api,
        stage,
        (it, name) ->
            switch (wiring.connect(it, name, input)) {
              case Reading.Read<WiringPage, Field>(WiringPage page) -> page(it, name, page);
              case Reading.Problems<WiringPage, Field>(var problems) -> refused(problems);
            });
  }

  private static ResponseEntity<byte[]> refused(Map<Field, List<Sentence>> problems) {
    String said =
        problems.values().stream()
            .flatMap(List::stream)
            .map(it -> it.in(Locale.ENGLISH))
            .sorted()
            .collect(Collectors.joining("; "));
    return Problem.said(HttpStatus.UNPROCESSABLE_CONTENT, "wiring-refused", said);
  }

  /** By the API's name; by its id also where the policy has it, or the stage, no more. */
  @Needs(
      value = Task.CHANGE_RULES,
      answers = {200, 204})
  @DeleteMapping(STAGE)
  ResponseEntity<byte[]> disconnect(@PathVariable String api, @PathVariable String stage) {
    Optional<WiringService.Line> gone =
        wiring.all().stream()
            .filter(it -> it.api().value().equals(api) && it.stage().equals(stage))
            .findFirst();
    if (gone.isPresent()) {
      wiring.disconnect(gone.get().api(), stage);
      return ResponseEntity.noContent().build();
    }
    return at(
        api,
        stage,
        (it, name) -> {
          wiring.disconnect(it.id(), name);
          return page(it, name, wiring.page(it, name));
        });
  }

  /** Looks at a stage now. */
  @Needs(Task.DRAFT)
  @PostMapping(STAGE + "/check")
  ResponseEntity<byte[]> check(@PathVariable String api, @PathVariable String stage) {
    return at(
        api,
        stage,
        (it, name) ->
            wiring
                .check(it, name)
                .map(page -> page(it, name, page))
                .orElseGet(
                    () ->
                        Problem.said(
                            HttpStatus.NOT_FOUND,
                            "not-found",
                            "`"
                                + it.name()
                                + "/"
                                + name
                                + "` is not connected: connect it first")));
  }

  /** Takes a stage for right as the last look found it. */
  @Needs(Task.CHANGE_RULES)
  @PostMapping(STAGE + "/accept")
  ResponseEntity<byte[]> accept(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestHeader(name = "If-Match", defaultValue = "") String match) {
    return at(
        api,
        stage,
        (it, name) ->
            wiring
                .accept(it, name, IfMatch.seen(match))
                .map(WiringApi::notAccepted)
                .orElseGet(() -> page(it, name, wiring.page(it, name))));
  }

  private static ResponseEntity<byte[]> notAccepted(WiringService.Refused it) {
    String why = it.why().in(Locale.ENGLISH);
    return it.moved()
        ? Problem.said(HttpStatus.PRECONDITION_FAILED, "wiring-moved", why)
        : Problem.said(HttpStatus.CONFLICT, "wiring-unread", why);
  }

  private ResponseEntity<byte[]> at(
      String api, String stage, BiFunction<Api, String, ResponseEntity<byte[]>> answer) {
    return apis.named(api)
        .filter(it -> it.stages().contains(stage))
        .map(it -> answer.apply(it, stage))
        .orElseGet(
            () ->
                Problem.said(
                    HttpStatus.NOT_FOUND,
                    "not-found",
                    "there is no stage `" + stage + "` of an API `" + api + "`"));
  }

  /**
   * No {@code ETag}: the state is of facts alone, and a caller who has it would be told 304 of new
   * findings (RFC 9110 section 13.1.2).
   */
  private static ResponseEntity<byte[]> page(Api api, String stage, WiringPage page) {
    return Answers.json(json -> write(json, api.name(), stage, page));
  }

  private static void write(JsonGenerator json, String api, String stage, WiringPage page)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("api", api);
    json.writeStringField("stage", stage);
    json.writeBooleanField("connected", page.connected().isPresent());
    if (page.connected().isPresent()) {
      WiringPage.Connected it = page.connected().get();
      json.writeStringField("region", it.region());
      json.writeStringField("authorizer", it.authorizer());
      json.writeStringField("tokenSource", it.tokenSource());
      json.writeStringField("connectedBy", it.by());
      json.writeStringField("connectedAt", it.at().toString());
    }
    if (page.look().isPresent()) {
      write(json, page.look().get());
    }
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, WiringPage.Look look) throws IOException {
    json.writeStringField("checkedAt", look.at().toString());
    json.writeBooleanField("well", look.isWell());
    json.writeStringField("problem", look.problem());
    json.writeStringField("readAt", look.read().toString());
    json.writeBooleanField("drifted", look.drifted());
    json.writeStringField("state", look.state());
    json.writeObjectFieldStart("facts");
    for (Map.Entry<String, String> fact : look.facts().byName().entrySet()) {
      json.writeStringField(fact.getKey(), fact.getValue());
    }
    json.writeEndObject();
    json.writeArrayFieldStart("findings");
    for (WiringPage.Found it : look.found()) {
      json.writeStartObject();
      json.writeStringField("code", it.code());
      json.writeStringField("severity", it.severity().text());
      json.writeStringField("what", it.what());
      json.writeStringField("fix", it.fix());
      json.writeStringField("since", it.since().toString());
      CanonicalJson.texts(json, "routes", it.routes());
      CanonicalJson.texts(json, "commands", it.commands());
      json.writeStringField("construct", it.construct());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}
