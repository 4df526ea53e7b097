package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.roles.PermissionLine;
import dev.grantway.admin.roles.RoleLine;
import dev.grantway.admin.roles.RolePage;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.admin.roles.RouteLine;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowJson;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Policy data as they are live, or were at any time: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(
    path = {"/api/v1/apis", "/api/apis"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class PolicyApi {
  private final ApiService apis;
  private final RoleService roles;

  PolicyApi(ApiService apis, RoleService roles) {
    this.apis = apis;
    this.roles = roles;
  }

  @Needs(Task.SEE)
  @GetMapping
  ResponseEntity<byte[]> apis(@RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return Answers.answered(
        apis.apis(Moment.parse(asOf)),
        (json, all) -> {
          json.writeArrayFieldStart("apis");
          for (Api api : all) {
            RowJson.write(json, new PolicyRow.OfApi(api));
          }
          json.writeEndArray();
        });
  }

  @Needs(Task.SEE)
  @GetMapping("/{api}/stages/{stage}/roles")
  ResponseEntity<byte[]> roles(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam(defaultValue = "") String after,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return Answers.answered(
        roles.roles(new ApiId(api), stage, after, Paged.SIZE, Moment.parse(asOf)),
        PolicyApi::writeRoles);
  }

  private static void writeRoles(JsonGenerator json, List<RoleLine> lines) throws IOException {
    json.writeArrayFieldStart("roles");
    for (RoleLine line : lines) {
      json.writeStartObject();
      json.writeFieldName("row");
      RowJson.write(json, new PolicyRow.OfRole(line.role()));
      json.writeNumberField("permissions", line.own());
      json.writeNumberField("allowed", line.allowed());
      json.writeNumberField("routes", line.routes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("next", lines.size() < Paged.SIZE ? "" : lines.getLast().name().value());
  }

  @Needs(Task.SEE)
  @GetMapping("/{api}/stages/{stage}/roles/{role}")
  ResponseEntity<byte[]> role(
      @PathVariable String api,
      @PathVariable String stage,
      @PathVariable String role,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return Answers.answered(
        roles.role(new ApiId(api), stage, new RoleName(role), Moment.parse(asOf)),
        PolicyApi::writeRole);
  }

  private static void writeRole(JsonGenerator json, RolePage page) throws IOException {
    json.writeFieldName("row");
    RowJson.write(json, new PolicyRow.OfRole(page.role()));
    json.writeArrayFieldStart("permissions");
    for (PermissionLine line : page.permissions()) {
      RowJson.write(json, new PolicyRow.OfPermission(line.permission()));
    }
    json.writeEndArray();
    json.writeArrayFieldStart("grants");
    for (RouteLine line : page.routes()) {
      json.writeStartObject();
      json.writeStringField("method", line.action().name());
      json.writeStringField("route", line.route().template().toString());
      json.writeStringField("access", line.now().name().toLowerCase(Locale.ROOT));
      json.writeBooleanField("inherited", line.inherited());
      json.writeBooleanField("conditional", line.conditional());
      json.writeArrayFieldStart("by");
      for (Permission permission : line.by()) {
        json.writeString(permission.id().value());
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeArrayFieldStart("heirs");
    for (String heir : page.heirs()) {
      json.writeString(heir);
    }
    json.writeEndArray();
  }
}
