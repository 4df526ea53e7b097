package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.transfer.Compared;
import dev.grantway.admin.transfer.ImportInput;
import dev.grantway.admin.transfer.ImportService;
import dev.grantway.revision.Draft;
import java.io.IOException;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Imports, compared and added to drafts: {@code docs/rest-api.md}. */
@RestController
class ImportsApi {
  private final ImportService imports;

  ImportsApi(ImportService imports) {
    this.imports = imports;
  }

  /**
   * The body is the file, of whatever type; what is refused is a problem with all that is known.
   */
  @Needs(
      value = Task.DRAFT,
      answers = {200, 201})
  @PostMapping(path = "/api/v1/imports", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> add(
      @RequestParam(defaultValue = "") String from,
      @RequestParam(defaultValue = "file") String file,
      @RequestParam(defaultValue = "") String api,
      @RequestParam(defaultValue = "") String stage,
      @RequestParam(defaultValue = "false") boolean complete,
      @RequestParam(defaultValue = "") String draft,
      @RequestParam(name = "dry-run", defaultValue = "false") boolean dryRun,
      @RequestBody(required = false) byte[] body) {
    Compared compared =
        imports.dryRun(
            new ImportInput(from, file, api, stage, complete, draft),
            body == null ? new byte[0] : body);
    boolean unchanged = !compared.run().isRefused() && compared.run().changes().isEmpty();
    if (dryRun || unchanged) {
      return answer(HttpStatus.OK, compared, "");
    }
    return switch (imports.add(compared)) {
      case Staged.Done(DraftState into) ->
          answer(HttpStatus.CREATED, compared, into.draft().map(Draft::id).orElse(""));
      case Staged.Refused(List<Objection> why) ->
          Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, why, json -> members(json, compared, ""));
    };
  }

  private static ResponseEntity<byte[]> answer(HttpStatus status, Compared compared, String draft) {
    return Answers.json(
        status,
        json -> {
          json.writeStartObject();
          members(json, compared, draft);
          Problem.write(json, List.of());
          json.writeEndObject();
        });
  }

  private static void members(JsonGenerator json, Compared compared, String draft)
      throws IOException {
    json.writeNumberField("revision", compared.revision());
    json.writeStringField("draft", draft);
    compared.telling().write(json);
  }
}
