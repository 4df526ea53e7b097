package dev.grantway.admin.api;

import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.transfer.Compared;
import dev.grantway.admin.transfer.ImportInput;
import dev.grantway.admin.transfer.ImportService;
import dev.grantway.revision.Draft;
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

  /** The body is the file, of whatever type. */
  @Needs(Task.DRAFT)
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
      return answer(HttpStatus.OK, compared, "", List.of());
    }
    return switch (imports.add(compared)) {
      case Staged.Done(DraftState into) ->
          answer(HttpStatus.CREATED, compared, into.draft().map(Draft::id).orElse(""), List.of());
      case Staged.Refused(List<Objection> why) ->
          answer(HttpStatus.UNPROCESSABLE_CONTENT, compared, "", why);
    };
  }

  private static ResponseEntity<byte[]> answer(
      HttpStatus status, Compared compared, String draft, List<Objection> why) {
    return Answers.json(
        status,
        json -> {
          json.writeStartObject();
          json.writeNumberField("revision", compared.revision());
          json.writeStringField("draft", draft);
          compared.telling().write(json);
          Problem.write(json, why);
          json.writeEndObject();
        });
  }
}
