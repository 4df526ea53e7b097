package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.RowService;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.overview.OverviewService;
import dev.grantway.admin.routes.ApiService;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowJson;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Assignments, rules and tests as rows, and what analysis finds: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(path = "/api/v1", produces = MediaType.APPLICATION_JSON_VALUE)
class RowsApi {
  private final RowService rows;
  private final ApiService apis;
  private final OverviewService overview;

  RowsApi(RowService rows, ApiService apis, OverviewService overview) {
    this.rows = rows;
    this.apis = apis;
    this.overview = overview;
  }

  /** Looked for aside: until then they are not complete. */
  @Needs(Task.SEE)
  @GetMapping("/apis/{api}/findings")
  ResponseEntity<byte[]> findings(@PathVariable String api) {
    var id = new ApiId(api);
    return apis.api(id).isEmpty()
        ? Problem.of(HttpStatus.NOT_FOUND, "not-there")
        : Answers.findings(overview.findings(id));
  }

  private static void write(JsonGenerator json, RowService.Rows page) throws IOException {
    json.writeArrayFieldStart("rows");
    for (PolicyRow row : page.rows()) {
      RowJson.write(json, row);
    }
    json.writeEndArray();
    json.writeStringField("next", page.next());
  }

  @Needs(Task.SEE)
  @GetMapping("/assignments")
  ResponseEntity<byte[]> assignments(
      @RequestParam(defaultValue = "") String after,
      @RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return Answers.answered(
        rows.assignments(after, Paged.SIZE, Moment.parse(asOf)), RowsApi::write);
  }

  @Needs(Task.SEE)
  @GetMapping("/rules")
  ResponseEntity<byte[]> rules(@RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return Answers.answered(rows.rules(Moment.parse(asOf)), RowsApi::write);
  }

  @Needs(Task.SEE)
  @GetMapping("/tests")
  ResponseEntity<byte[]> tests(@RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return Answers.answered(rows.tests(Moment.parse(asOf)), RowsApi::write);
  }
}
