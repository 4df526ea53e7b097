package dev.grantway.admin.api;

import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.security.Task;
import dev.grantway.revision.Draft;
import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What was published, and rolling back to it: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(
    path = {"/api/v1", "/api"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class RevisionsApi {
  private final AuditService audit;
  private final ChangesService changes;

  RevisionsApi(AuditService audit, ChangesService changes) {
    this.audit = audit;
    this.changes = changes;
  }

  @Needs(Task.SEE)
  @GetMapping("/in-force")
  ResponseEntity<byte[]> inForce() {
    return Answers.json(json -> Answers.write(json, changes.inForce()));
  }

  @Needs(Task.SEE)
  @GetMapping("/revisions")
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String after) {
    AuditService.Revisions page = audit.revisions(after, Paged.SIZE);
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("revisions");
          for (Revision revision : page.items()) {
            Answers.write(json, revision);
          }
          json.writeEndArray();
          json.writeStringField("next", page.next());
          json.writeEndObject();
        });
  }

  @Needs(Task.SEE)
  @GetMapping("/revisions/{number}/changes")
  ResponseEntity<byte[]> changes(
      @PathVariable long number, @RequestParam(defaultValue = "") String after) {
    return audit
        .logged(number, after)
        .map(RevisionsApi::changes)
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there"));
  }

  private static ResponseEntity<byte[]> changes(AuditService.Logged page) {
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("changes");
          for (LoggedChange change : page.items()) {
            RevisionJson.writeChange(json, change.change(), change.beforeSince());
          }
          json.writeEndArray();
          json.writeStringField("next", page.next());
          json.writeEndObject();
        });
  }

  @Needs(value = Task.CHANGE_RULES, answers = 201)
  @PostMapping("/revisions/{number}/roll-back")
  ResponseEntity<byte[]> rollBack(@PathVariable long number) {
    return switch (changes.rollBack(number)) {
      case Staged.Done(DraftState draft) ->
          Answers.review(
              HttpStatus.CREATED, changes.review(draft.draft().map(Draft::id).orElse("")));
      case Staged.Refused refused -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, refused.why());
    };
  }
}
