package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.transfer.Compared;
import dev.grantway.admin.transfer.ImportInput;
import dev.grantway.admin.transfer.ImportService;
import dev.grantway.admin.whocan.ComparedList;
import dev.grantway.admin.whocan.Imported;
import dev.grantway.admin.whocan.WhoCanService;
import dev.grantway.imports.LastList;
import dev.grantway.imports.NewList;
import dev.grantway.revision.Draft;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Imports, compared and added to drafts, and membership lists: {@code docs/rest-api.md}. */
@RestController
class ImportsApi {
  private final ImportService imports;
  private final WhoCanService whoCan;

  ImportsApi(ImportService imports, WhoCanService whoCan) {
    this.imports = imports;
    this.whoCan = whoCan;
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
    if (compared.run().list().isPresent()) {
      NewList list = compared.run().list().get();
      list(json, list.rows().size(), list.state());
    }
  }

  /** How long a membership list is, and what the last one is known by. */
  private static void list(JsonGenerator json, int rows, String state) throws IOException {
    json.writeObjectFieldStart("list");
    json.writeNumberField("rows", rows);
    json.writeStringField("state", state);
    json.writeEndObject();
  }

  /**
   * Puts a membership list in the place of the last one, whole; with {@code If-Match} only if that
   * is still the one that the list was compared with. The body is the file.
   */
  @Needs(value = Task.DRAFT, answers = 201)
  @PostMapping(path = "/api/v1/memberships", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> take(
      @RequestParam(defaultValue = "file") String file,
      @RequestHeader(name = "If-Match", defaultValue = "") String match,
      @RequestBody(required = false) byte[] body) {
    ComparedList compared = whoCan.compareMembers(file, body == null ? new byte[0] : body);
    if (compared.list().isEmpty()) {
      return Problem.of(
          HttpStatus.UNPROCESSABLE_CONTENT,
          List.of(Objection.of("import-wrong")),
          compared.telling()::write);
    }
    if (!IfMatch.seen(match).takes(compared.list().get().state())) {
      return Problem.of(HttpStatus.PRECONDITION_FAILED, "members-moved");
    }
    return switch (whoCan.takeMembers(compared)) {
      case Imported.Done(Instant at, int rows) -> taken(compared, at, rows);
      case Imported.Moved(Sentence why) ->
          Problem.of(
              match.isEmpty() ? HttpStatus.CONFLICT : HttpStatus.PRECONDITION_FAILED,
              List.of(new Objection("members-moved", why)));
      case Imported.Refused(Sentence why) ->
          Problem.of(
              HttpStatus.UNPROCESSABLE_CONTENT, List.of(new Objection("members-ahead", why)));
    };
  }

  private static ResponseEntity<byte[]> taken(ComparedList compared, Instant at, int rows) {
    return Answers.json(
        HttpStatus.CREATED,
        json -> {
          json.writeStartObject();
          json.writeStringField("at", at.toString());
          compared.telling().write(json);
          list(json, rows, LastList.state(at));
          json.writeEndObject();
        });
  }
}
