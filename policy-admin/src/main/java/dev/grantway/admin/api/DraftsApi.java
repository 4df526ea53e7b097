package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.changes.ApprovalService;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.PublishService;
import dev.grantway.admin.changes.ReplayService;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Task;
import dev.grantway.analysis.DocumentPage;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RevisionJson;
import dev.grantway.revision.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Drafts, what others say of them, and publishing them: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(
    path = {"/api/v1/drafts", "/api/drafts"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class DraftsApi {
  private final ChangesService changes;
  private final ApprovalService approvals;
  private final PublishService publishes;
  private final ReplayService replays;

  DraftsApi(
      ChangesService changes,
      ApprovalService approvals,
      PublishService publishes,
      ReplayService replays) {
    this.replays = replays;
    this.changes = changes;
    this.approvals = approvals;
    this.publishes = publishes;
  }

  private static <T> T read(byte[] body, Function<JsonObject, T> read) {
    return CanonicalJson.read(body).as(read);
  }

  @Needs(Task.SEE)
  @GetMapping
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String after) {
    return Answers.drafts(
        Paged.latestFirst(
            changes.drafts(), DraftEntry::createdAt, DraftEntry::id, after, Paged.SIZE));
  }

  @Needs(value = Task.DRAFT, answers = 201)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> begin(@RequestBody byte[] body) {
    String id = changes.begin(read(body, json -> json.text("name"))).id();
    return Answers.review(HttpStatus.CREATED, changes.wholeReview(id));
  }

  @Needs(Task.SEE)
  @GetMapping("/{id}")
  ResponseEntity<byte[]> review(@PathVariable String id) {
    return Answers.review(HttpStatus.OK, changes.wholeReview(id));
  }

  @Needs(value = Task.SEE, pagesOfOneState = true)
  @GetMapping("/{id}/documents")
  ResponseEntity<byte[]> documents(
      @PathVariable String id, @RequestParam(defaultValue = "") String after) {
    StateCursor from = StateCursor.read(after);
    if (changes.draft(id).draft().isEmpty()) {
      return Problem.of(HttpStatus.NOT_FOUND, "no-draft");
    }
    DocumentPage page = changes.documents(id, from.place());
    String state = Sha256.hex(page.state().getBytes(UTF_8));
    return from.isOf(state)
        ? Answers.documents(page, state)
        : Problem.of(HttpStatus.CONFLICT, "pages-moved");
  }

  @Needs(Task.SEE)
  @GetMapping("/{id}/replay")
  ResponseEntity<byte[]> replay(@PathVariable String id) {
    DraftState state = changes.draft(id);
    return state.draft().isEmpty()
        ? Problem.of(HttpStatus.NOT_FOUND, "no-draft")
        : Answers.replayed(replays.replay(state));
  }

  @Needs(value = Task.DRAFT, answers = 204)
  @DeleteMapping("/{id}")
  ResponseEntity<byte[]> discard(
      @PathVariable String id, @RequestHeader(name = "If-Match", defaultValue = "") String match) {
    return changes
        .discard(id, IfMatch.seen(match))
        .map(why -> Answers.refused(List.of(why)))
        .orElseGet(() -> ResponseEntity.noContent().build());
  }

  private record Edit(String label, List<Change> changes) {}

  @Needs(Task.DRAFT)
  @PostMapping(path = "/{id}/changes", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> stage(
      @PathVariable String id,
      @RequestHeader(name = "If-Match", defaultValue = "") String match,
      @RequestBody byte[] body) {
    Edit edit =
        read(
            body,
            json ->
                new Edit(
                    json.textOr("label", "edited by a program"),
                    json.objects(
                        "changes", change -> RevisionJson.readChange(change, 0).change())));
    Staged staged =
        changes.stage(id, IfMatch.seen(match), new Sentence.OfModel(edit.label()), edit.changes());
    return switch (staged) {
      case Staged.Done done -> Answers.review(HttpStatus.OK, changes.wholeReview(id));
      case Staged.Refused refused -> Answers.refused(refused.why());
    };
  }

  @Needs(Task.PUBLISH_APPROVED)
  @PostMapping(path = "/{id}/approve", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> approve(@PathVariable String id, @RequestBody byte[] body) {
    return Answers.voiced(approvals.approve(id, read(body, json -> json.text("hash"))));
  }

  private record Said(String hash, String text) {
    static Said of(JsonObject json, String member) {
      return new Said(json.text("hash"), json.text(member));
    }
  }

  @Needs(Task.PUBLISH_APPROVED)
  @PostMapping(path = "/{id}/reject", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> reject(@PathVariable String id, @RequestBody byte[] body) {
    Said said = read(body, json -> Said.of(json, "comment"));
    return Answers.voiced(approvals.reject(id, said.hash(), said.text()));
  }

  @Needs(Task.DRAFT)
  @PostMapping(path = "/{id}/comment", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> comment(@PathVariable String id, @RequestBody byte[] body) {
    return Answers.voiced(approvals.comment(id, read(body, json -> json.text("comment"))));
  }

  @Needs(Task.PUBLISH)
  @PostMapping(path = "/{id}/publish", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> publish(@PathVariable String id, @RequestBody byte[] body) {
    Said said = read(body, json -> Said.of(json, "reason"));
    return Answers.outcome(publishes.publish(id, said.hash(), said.text()));
  }

  @Needs(Task.CHANGE_RULES)
  @PostMapping(path = "/{id}/break-glass", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> breakGlass(@PathVariable String id, @RequestBody byte[] body) {
    Said said = read(body, json -> Said.of(json, "reason"));
    return Answers.outcome(publishes.breakGlass(id, said.hash(), said.text()));
  }

  private record Timed(Said said, Instant when) {}

  @Needs(Task.PUBLISH)
  @PostMapping(path = "/{id}/schedule", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> schedule(@PathVariable String id, @RequestBody byte[] body) {
    Timed timed =
        read(body, json -> new Timed(Said.of(json, "reason"), json.requiredInstant("when")));
    return Answers.voiced(
        publishes.schedule(id, timed.said().hash(), timed.when(), timed.said().text()));
  }

  @Needs(Task.PUBLISH)
  @DeleteMapping("/{id}/schedule")
  ResponseEntity<byte[]> unschedule(@PathVariable String id) {
    return Answers.voiced(publishes.unschedule(id));
  }
}
