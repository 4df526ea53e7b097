package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.whocan.Because;
import dev.grantway.admin.whocan.Comparison;
import dev.grantway.admin.whocan.Found;
import dev.grantway.admin.whocan.HolderAnswer;
import dev.grantway.admin.whocan.MembershipFacts;
import dev.grantway.admin.whocan.PlaceAnswer;
import dev.grantway.admin.whocan.ReachAnswer;
import dev.grantway.admin.whocan.RoleAnswer;
import dev.grantway.admin.whocan.RouteAnswer;
import dev.grantway.admin.whocan.SeenAnswer;
import dev.grantway.admin.whocan.Standing;
import dev.grantway.admin.whocan.TagAnswer;
import dev.grantway.admin.whocan.Twins;
import dev.grantway.admin.whocan.WhoCanService;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who can call what, live or as of any time: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(
    path = "/api/v1/apis/{api}/stages/{stage}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class WhoCanApi {
  private final WhoCanService whoCan;

  WhoCanApi(WhoCanService whoCan) {
    this.whoCan = whoCan;
  }

  private <T> ResponseEntity<byte[]> answer(Found<T> found, Answers.Members<T> members) {
    return switch (found) {
      case Found.Nothing<T> nothing ->
          Problem.said(HttpStatus.NOT_FOUND, "not-there", nothing.why().in(Locale.ENGLISH));
      case Found.Answer<T> it -> {
        Optional<MembershipFacts> list = whoCan.memberships(it);
        yield Answers.json(
            json -> {
              json.writeStartObject();
              json.writeNumberField("revision", it.revision());
              json.writeNumberField("head", it.head());
              json.writeStringField("at", it.at().toString());
              if (list.isPresent()) {
                json.writeObjectFieldStart("memberships");
                json.writeStringField("by", list.get().by());
                json.writeStringField("at", list.get().at().toString());
                json.writeNumberField("rows", list.get().rows());
                json.writeEndObject();
              }
              members.write(json, it.value());
              json.writeEndObject();
            });
      }
    };
  }

  /** One of both has to be given. */
  @Needs(Task.SEE)
  @GetMapping("/who-can")
  ResponseEntity<byte[]> whoCan(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam(defaultValue = "") String route,
      @RequestParam(defaultValue = "") String tag,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    if (route.isEmpty() == tag.isEmpty()) {
      throw new IllegalArgumentException("either `route` or `tag` says what is asked about");
    }
    var id = new ApiId(api);
    Moment moment = Moment.parse(asOf);
    return tag.isEmpty()
        ? answer(whoCan.route(id, stage, route, moment), WhoCanApi::write)
        : answer(whoCan.tag(id, stage, tag, moment), WhoCanApi::write);
  }

  @Needs(Task.SEE)
  @GetMapping("/who-can/twins")
  ResponseEntity<byte[]> twins(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam String route,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return answer(
        whoCan.twins(new ApiId(api), stage, route, Moment.parse(asOf)),
        (json, all) -> {
          json.writeArrayFieldStart("twins");
          for (Twins it : all) {
            json.writeStartObject();
            names(json, "can", it.can());
            names(json, "cannot", it.cannot());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  /** Of a role, or else of somebody. */
  @Needs(Task.SEE)
  @GetMapping("/can-call")
  ResponseEntity<byte[]> canCall(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam(defaultValue = "") String role,
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String issuer,
      @RequestParam(defaultValue = "") String who,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    if (role.isEmpty() == who.isEmpty()) {
      throw new IllegalArgumentException(
          "either `role`, or `kind`, `issuer` and `who` say who is asked about");
    }
    var id = new ApiId(api);
    Moment moment = Moment.parse(asOf);
    return answer(
        role.isEmpty()
            ? whoCan.holder(id, stage, new Assignment.Holder(issuer, kind(kind), who), moment)
            : whoCan.role(id, stage, role, moment),
        WhoCanApi::write);
  }

  private static Assignment.Kind kind(String text) {
    return Arrays.stream(Assignment.Kind.values())
        .filter(it -> Answers.code(it).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "`kind` is one of subject, client, group, not `" + text + "`"));
  }

  @Needs(Task.SEE)
  @GetMapping("/differences")
  ResponseEntity<byte[]> differences(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam String role,
      @RequestParam String with,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return answer(
        whoCan.compare(new ApiId(api), stage, role, with, Moment.parse(asOf)),
        (json, it) -> {
          json.writeNumberField("same", it.same());
          json.writeArrayFieldStart("differences");
          for (Comparison.Difference difference : it.differences()) {
            json.writeStartObject();
            json.writeStringField("route", difference.text());
            json.writeFieldName("one");
            write(json, difference.one());
            json.writeFieldName("other");
            write(json, difference.other());
            json.writeEndObject();
          }
          json.writeEndArray();
        });
  }

  private static void write(JsonGenerator json, RouteAnswer it) throws IOException {
    json.writeStringField("route", it.text());
    json.writeStringField("access", Answers.code(it.route().access()));
    json.writeFieldName("everybody");
    write(json, it.everybody());
    write(json, it.roles());
    json.writeNumberField("silent", it.silent());
    json.writeArrayFieldStart("holders");
    for (HolderAnswer holder : it.holders()) {
      json.writeStartObject();
      json.writeStringField("kind", Answers.code(holder.holder().kind()));
      json.writeStringField("issuer", holder.holder().issuer());
      json.writeStringField("who", holder.holder().value());
      write(json, holder.standing());
      writeBy(json, holder.by());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("moreHolders", it.moreHolders());
    json.writeArrayFieldStart("seen");
    for (SeenAnswer seen : it.seen()) {
      json.writeStartObject();
      names(json, "roles", seen.roles());
      write(json, seen.standing());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, TagAnswer it) throws IOException {
    json.writeStringField("tag", it.tag());
    json.writeArrayFieldStart("routes");
    for (TagAnswer.Line line : it.routes()) {
      json.writeStartObject();
      json.writeStringField("route", line.text());
      json.writeStringField("access", Answers.code(line.access()));
      json.writeObjectFieldStart("everybody");
      write(json, line.everybody());
      json.writeEndObject();
      write(json, line.roles());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, ReachAnswer it) throws IOException {
    names(json, "roles", it.roles());
    writeBy(json, it.by());
    json.writeNumberField("allowed", it.allowed());
    json.writeArrayFieldStart("routes");
    for (PlaceAnswer place : it.places()) {
      json.writeStartObject();
      json.writeStringField("route", place.text());
      json.writeStringField("access", Answers.code(place.route().access()));
      write(json, place.standing());
      because(json, place.because());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberField("silent", it.silent());
  }

  private static void write(JsonGenerator json, List<RoleAnswer> roles) throws IOException {
    json.writeArrayFieldStart("roles");
    for (RoleAnswer role : roles) {
      write(json, role);
    }
    json.writeEndArray();
  }

  private static void write(JsonGenerator json, RoleAnswer it) throws IOException {
    json.writeStartObject();
    json.writeStringField("role", it.role().value());
    write(json, it.standing());
    because(json, it.because());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Standing it) throws IOException {
    json.writeStringField("standing", Answers.code(it.kind()));
    json.writeBooleanField("conditional", it.conditional());
  }

  private static void because(JsonGenerator json, List<Because> all) throws IOException {
    json.writeArrayFieldStart("because");
    for (Because it : all) {
      json.writeStartObject();
      json.writeStringField("permission", it.permission().id().value());
      names(json, "via", it.via());
      json.writeStringField("breadth", Answers.code(it.breadth()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void writeBy(JsonGenerator json, List<Assignment> by) throws IOException {
    json.writeArrayFieldStart("by");
    for (Assignment it : by) {
      RowJson.write(json, new PolicyRow.OfAssignment(it));
    }
    json.writeEndArray();
  }

  private static void names(JsonGenerator json, String name, Collection<RoleName> roles)
      throws IOException {
    CanonicalJson.texts(json, name, roles.stream().map(RoleName::value).toList());
  }
}
