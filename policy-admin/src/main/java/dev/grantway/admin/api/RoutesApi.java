package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.routes.RoleAccess;
import dev.grantway.admin.routes.RouteCoverage;
import dev.grantway.admin.routes.RouteRow;
import dev.grantway.admin.routes.RouteService;
import dev.grantway.admin.routes.RoutesPage;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Route;
import dev.grantway.revision.CanonicalJson;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** How an API's live routes are covered: {@code docs/rest-api.md}. */
@RestController
class RoutesApi {
  private final RouteService routes;
  private final ApiService apis;

  RoutesApi(RouteService routes, ApiService apis) {
    this.routes = routes;
    this.apis = apis;
  }

  @Needs(value = Task.SEE, pagesOfOneState = true)
  @GetMapping(
      path = "/api/v1/apis/{api}/stages/{stage}/routes",
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> routes(
      @PathVariable String api,
      @PathVariable String stage,
      @RequestParam(defaultValue = "") String filter,
      @RequestParam(defaultValue = "") String after) {
    StateCursor from = StateCursor.read(after);
    return apis.api(new ApiId(api))
        .filter(it -> it.stages().contains(stage))
        .map(it -> routes.live(it, stage, MatrixFilter.parse(filter), from.place(), Paged.SIZE))
        .map(
            page ->
                from.isOf(Long.toString(page.revision()))
                    ? Answers.json(json -> write(json, page, from.place()))
                    : Problem.of(HttpStatus.CONFLICT, "pages-moved"))
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there"));
  }

  private static void write(JsonGenerator json, RoutesPage page, int from) throws IOException {
    json.writeStartObject();
    json.writeNumberField("revision", page.revision());
    json.writeNumberField("of", page.all());
    json.writeNumberField("matching", page.matching());
    json.writeObjectFieldStart("coverage");
    for (RouteCoverage it : RouteCoverage.values()) {
      json.writeNumberField(Answers.code(it), page.coverage().getOrDefault(it, 0));
    }
    json.writeEndObject();
    json.writeArrayFieldStart("routes");
    for (RouteRow row : page.rows()) {
      write(json, row);
    }
    json.writeEndArray();
    var next = new StateCursor(Long.toString(page.revision()), from + page.rows().size());
    json.writeStringField("next", next.place() < page.matching() ? next.text() : "");
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, RouteRow row) throws IOException {
    Route route = row.route();
    json.writeStartObject();
    json.writeStringField("route", route.toString());
    json.writeStringField("coverage", Answers.code(row.coverage()));
    CanonicalJson.texts(json, "tags", route.tags());
    json.writeStringField("owner", route.owner());
    json.writeStringField("operationId", route.operationId());
    if (row.lacking().isPresent()) {
      json.writeStringField("lacking", row.lacking().get());
    }
    json.writeArrayFieldStart("roles");
    for (RoleAccess it : row.roles()) {
      json.writeStartObject();
      json.writeStringField("role", it.role().value());
      json.writeBooleanField("allowed", it.allowed());
      json.writeBooleanField("inherited", it.inherited());
      json.writeBooleanField("conditional", it.conditional());
      CanonicalJson.texts(json, "by", it.by().stream().map(PermissionId::value).toList());
      json.writeEndObject();
    }
    json.writeEndArray();
    CanonicalJson.texts(
        json,
        "orphans",
        row.orphans().stream().map(Permission::id).map(PermissionId::value).toList());
    json.writeEndObject();
  }
}
