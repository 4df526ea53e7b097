package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.security.Task;
import dev.grantway.admin.transfer.ExportService;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The policy as a policy file: {@code docs/rest-api.md}. */
@RestController
class PolicyFileApi {
  private static final MediaType YAML = MediaType.parseMediaType("application/yaml");

  private final ExportService exports;

  PolicyFileApi(ExportService exports) {
    this.exports = exports;
  }

  @Needs(Task.SEE)
  @GetMapping("/api/v1/policy")
  ResponseEntity<byte[]> policy(@RequestParam(name = "as-of", defaultValue = "") String asOf) {
    return exports
        .policy(asOf)
        .map(
            it ->
                ResponseEntity.ok()
                    .contentType(YAML)
                    .header("Grantway-Revision", Long.toString(it.revision()))
                    .header("Grantway-Revision-Hash", it.hash())
                    .body(it.yaml().getBytes(UTF_8)))
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there", asOf));
  }
}
