package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.Agreement;
import dev.grantway.admin.changes.DraftEntry;
import dev.grantway.admin.changes.DraftState;
import dev.grantway.admin.changes.FailedTest;
import dev.grantway.admin.changes.FindingChanges;
import dev.grantway.admin.changes.GrantChange;
import dev.grantway.admin.changes.HolderChange;
import dev.grantway.admin.changes.InForce;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.Replayed;
import dev.grantway.admin.changes.Review;
import dev.grantway.admin.changes.Risk;
import dev.grantway.admin.changes.Voiced;
import dev.grantway.admin.common.Answered;
import dev.grantway.admin.common.Found;
import dev.grantway.admin.overview.FoundFindings;
import dev.grantway.analysis.DocumentChange;
import dev.grantway.analysis.DocumentPage;
import dev.grantway.analysis.Emitted;
import dev.grantway.analysis.Finding;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.Change;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.usage.Replay;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** What services answer, as JSON. */
final class Answers {
  private Answers() {}

  static ResponseEntity<byte[]> json(HttpStatus status, CanonicalJson.Body body) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(CanonicalJson.write(body));
  }

  static ResponseEntity<byte[]> json(CanonicalJson.Body body) {
    return json(HttpStatus.OK, body);
  }

  /** A name as answers spell it, such as {@code not-now}. */
  static String code(Enum<?> it) {
    return it.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** What writes the members of an answer. */
  @FunctionalInterface
  interface Members<T> {
    void write(JsonGenerator json, T value) throws IOException;
  }

  /** An answer with its revision; 404 where nothing was there then. */
  static <T> ResponseEntity<byte[]> answered(Optional<Answered<T>> answered, Members<T> members) {
    return answered
        .map(
            it ->
                json(
                    json -> {
                      json.writeStartObject();
                      json.writeNumberField("revision", it.revision());
                      json.writeStringField("hash", it.hash());
                      members.write(json, it.value());
                      json.writeEndObject();
                    }))
        .orElseGet(() -> Problem.of(HttpStatus.NOT_FOUND, "not-there"));
  }

  static ResponseEntity<byte[]> drafts(Paged<DraftEntry> drafts) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("drafts");
          for (DraftEntry draft : drafts.items()) {
            json.writeStartObject();
            json.writeStringField("id", draft.id());
            json.writeStringField("name", draft.name());
            json.writeStringField("owner", draft.owner());
            json.writeStringField("createdAt", draft.createdAt().toString());
            json.writeBooleanField("edited", draft.edited());
            json.writeEndObject();
          }
          json.writeEndArray();
          drafts.writeNext(json);
          json.writeEndObject();
        });
  }

  static ResponseEntity<byte[]> review(HttpStatus status, Review review) {
    return review.draft().draft().isEmpty()
        ? Problem.of(HttpStatus.NOT_FOUND, "no-draft")
        : ResponseEntity.status(status)
            .eTag("\"" + review.draft().hash() + "\"")
            .contentType(MediaType.APPLICATION_JSON)
            .body(CanonicalJson.write(json -> write(json, review)));
  }

  static ResponseEntity<byte[]> voiced(Voiced voiced) {
    return switch (voiced) {
      case Voiced.Done(Review review) -> review(HttpStatus.OK, review);
      case Voiced.Moved(DraftState draft) -> moved(draft);
      case Voiced.Refused refused -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, refused.why());
    };
  }

  /** An edit that was not staged, or a draft not discarded, by what {@code If-Match} asks. */
  static ResponseEntity<byte[]> refused(List<Objection> why) {
    HttpStatus status =
        switch (why.getFirst().code()) {
          case "no-draft" -> HttpStatus.NOT_FOUND;
          case "draft-moved" -> HttpStatus.PRECONDITION_FAILED;
          default -> HttpStatus.UNPROCESSABLE_CONTENT;
        };
    return Problem.of(status, why);
  }

  static ResponseEntity<byte[]> outcome(Outcome outcome) {
    return switch (outcome) {
      case Outcome.Published(Revision revision) -> revision(revision);
      case Outcome.Moved(DraftState draft) -> moved(draft);
      case Outcome.Refused refused -> Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, refused.why());
      case Outcome.TableDown down -> Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "table-down");
      case Outcome.Unknown(long number, InForce before) ->
          Problem.of(HttpStatus.BAD_GATEWAY, "outcome-unknown", Long.toString(number));
    };
  }

  private static ResponseEntity<byte[]> moved(DraftState draft) {
    return draft.draft().isEmpty()
        ? Problem.of(HttpStatus.NOT_FOUND, "no-draft")
        : Problem.of(
            HttpStatus.CONFLICT,
            draft.disputes().isEmpty() ? "draft-moved" : "draft-disputed",
            draft.disputes().size());
  }

  static ResponseEntity<byte[]> revision(Revision revision) {
    return json(json -> write(json, revision));
  }

  static void write(JsonGenerator json, Revision revision) throws IOException {
    json.writeStartObject();
    json.writeStringField("hash", revision.hash());
    json.writeFieldName("record");
    json.writeRawValue(
        new String(RevisionJson.write(revision), java.nio.charset.StandardCharsets.UTF_8));
    json.writeEndObject();
  }

  static void write(JsonGenerator json, InForce it) throws IOException {
    json.writeStartObject();
    json.writeNumberField("revision", it.revision());
    json.writeStringField("phase", it.phase().name().toLowerCase(Locale.ROOT));
    json.writeStringField("publishedAt", it.publishedAt().toString());
    json.writeStringField("by", it.by().toString());
    if (it.phase() == InForce.Phase.IN_FORCE) {
      json.writeStringField("since", it.since().toString());
    }
    CanonicalJson.texts(json, "connections", it.connections());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Review review) throws IOException {
    Draft draft = review.draft().draft().orElseThrow();
    json.writeStartObject();
    json.writeStringField("id", draft.id());
    json.writeStringField("name", draft.name());
    json.writeStringField("owner", draft.owner());
    json.writeStringField("hash", review.draft().hash());
    json.writeNumberField("base", draft.base());
    json.writeNumberField("head", review.draft().head());
    json.writeStringField("effect", review.effect().hash());
    json.writeArrayFieldStart("disputes");
    for (var dispute : review.draft().disputes()) {
      json.writeString(dispute.key().text());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("changes");
    for (Change change : review.draft().changes()) {
      RevisionJson.writeChange(json, change, 0);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("grants");
    for (GrantChange grant : review.grants()) {
      write(json, grant);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("holders");
    for (HolderChange holder : review.effect().holders()) {
      write(json, holder);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("risks");
    for (Risk risk : review.risks()) {
      json.writeStartObject();
      json.writeStringField("code", risk.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      json.writeStringField("message", risk.about().in(Locale.ENGLISH));
      json.writeEndObject();
    }
    json.writeEndArray();
    write(json, review.agreement());
    if (review.rejection().isPresent()) {
      json.writeObjectFieldStart("rejection");
      json.writeStringField("by", review.rejection().get().by());
      json.writeStringField("comment", review.rejection().get().comment());
      json.writeEndObject();
    }
    if (review.schedule().isPresent()) {
      DraftStep.Schedule schedule = review.schedule().get();
      json.writeObjectFieldStart("schedule");
      json.writeStringField("by", schedule.by());
      json.writeStringField("when", schedule.when().toString());
      json.writeStringField("reason", schedule.reason());
      json.writeEndObject();
    }
    json.writeArrayFieldStart("broken");
    for (var finding : review.broken()) {
      json.writeString(finding.message());
    }
    json.writeEndArray();
    json.writeArrayFieldStart("misfits");
    for (DocumentChange misfit : review.misfits()) {
      misfit(json, misfit);
    }
    json.writeEndArray();
    json.writeObjectFieldStart("findings");
    json.writeBooleanField("complete", review.findings().state() == FindingChanges.State.KNOWN);
    findings(json, "introduced", review.findings().introduced());
    findings(json, "resolved", review.findings().resolved());
    json.writeEndObject();
    json.writeArrayFieldStart("failing");
    for (FailedTest test : review.failing()) {
      json.writeStartObject();
      json.writeStringField("test", test.name());
      json.writeStringField("message", test.why());
      json.writeBooleanField("before", test.before());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void misfit(JsonGenerator json, DocumentChange it) throws IOException {
    Finding.Misfit finding = it.misfit();
    json.writeStartObject();
    json.writeStringField("code", finding.code().text());
    json.writeStringField("about", finding.about().text());
    json.writeStringField("message", finding.message() + ": " + finding.next());
    what(json, it);
    json.writeNumberField("bytes", finding.bytes());
    CanonicalJson.texts(json, "lost", finding.lost());
    json.writeEndObject();
  }

  static void findings(JsonGenerator json, String name, List<Finding> findings) throws IOException {
    json.writeArrayFieldStart(name);
    for (Finding finding : findings) {
      json.writeStartObject();
      json.writeStringField("code", finding.code().text());
      json.writeStringField("severity", finding.severity().name().toLowerCase(Locale.ROOT));
      json.writeStringField("about", finding.about().text());
      json.writeStringField("message", finding.message() + ": " + finding.next());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  /** What could not be found yet is not complete: whoever asks again a little later has it. */
  static ResponseEntity<byte[]> findings(Found<FoundFindings> found) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("complete", found.known().isPresent());
          if (found.known().isPresent()) {
            json.writeNumberField("revision", found.known().get().revision());
          }
          findings(json, "findings", found.known().map(FoundFindings::findings).orElse(List.of()));
          json.writeEndObject();
        });
  }

  /** The same of calls that a draft would answer otherwise. */
  static ResponseEntity<byte[]> replayed(Found<Replayed> found) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeBooleanField("complete", found.known().isPresent());
          json.writeArrayFieldStart("stages");
          for (Replayed.OfStage it : found.known().map(Replayed::stages).orElse(List.of())) {
            json.writeStartObject();
            json.writeStringField("api", it.api());
            json.writeStringField("stage", it.stage());
            it.told().write(json);
            json.writeArrayFieldStart("flips");
            for (Replay.Flip flip : it.flips()) {
              json.writeStartObject();
              json.writeStringField("becomes", flip.kind().name().toLowerCase(Locale.ROOT));
              json.writeBooleanField("perhaps", flip.perhaps());
              json.writeNumberField("calls", flip.calls());
              UseApi.write(json, flip.row());
              json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  static ResponseEntity<byte[]> documents(DocumentPage documents, String state) {
    return json(
        json -> {
          json.writeStartObject();
          json.writeNumberField("of", documents.of());
          json.writeArrayFieldStart("documents");
          for (DocumentChange change : documents.changes()) {
            write(json, change);
          }
          json.writeEndArray();
          json.writeStringField(
              "next", documents.next().map(it -> new StateCursor(state, it).text()).orElse(""));
          json.writeEndObject();
        });
  }

  /** Which document it is. */
  private static void what(JsonGenerator json, DocumentChange it) throws IOException {
    CanonicalJson.texts(json, "roles", it.roles().stream().map(RoleName::value).toList());
    json.writeStringField("origin", it.origin().name().toLowerCase(Locale.ROOT));
    json.writeStringField("api", it.api());
    json.writeStringField("stage", it.stage());
    if (!it.route().isEmpty()) {
      json.writeStringField("route", it.route());
    }
    json.writeStringField("cacheKey", it.cacheKey());
  }

  private static void write(JsonGenerator json, DocumentChange it) throws IOException {
    json.writeStartObject();
    what(json, it);
    json.writeBooleanField("reported", it.reported());
    write(json, "before", it.before());
    write(json, "after", it.after());
    CanonicalJson.texts(json, "difference", it.difference());
    json.writeEndObject();
  }

  static void write(JsonGenerator json, String name, Optional<Emitted> document)
      throws IOException {
    if (document.isPresent()) {
      Emitted it = document.get();
      json.writeObjectFieldStart(name);
      json.writeNumberField("bytes", it.bytes());
      json.writeStringField("fit", it.fit().name().toLowerCase(Locale.ROOT).replace('_', '-'));
      CanonicalJson.texts(json, "lost", it.lost());
      json.writeFieldName("document");
      json.writeRawValue(it.json());
      json.writeEndObject();
    }
  }

  private static void write(JsonGenerator json, GrantChange grant) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", grant.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField("role", grant.role().value());
    json.writeStringField("api", grant.api());
    json.writeStringField("route", grant.route());
    CanonicalJson.texts(json, "stages", grant.stages());
    json.writeBooleanField("inherited", grant.inherited());
    json.writeBooleanField("conditional", grant.conditional());
    CanonicalJson.texts(json, "because", grant.because());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, HolderChange holder) throws IOException {
    json.writeStartObject();
    json.writeStringField("kind", holder.kind().name().toLowerCase(Locale.ROOT));
    json.writeStringField(holder.of().name().toLowerCase(Locale.ROOT), holder.value());
    json.writeStringField("role", holder.role().value());
    CanonicalJson.texts(json, "apis", holder.apis());
    json.writeNumberField("routes", holder.routes());
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, Agreement agreement) throws IOException {
    json.writeObjectFieldStart("approvals");
    json.writeNumberField("required", agreement.required());
    json.writeNumberField("missing", agreement.missing());
    CanonicalJson.texts(json, "by", agreement.approvers());
    CanonicalJson.texts(json, "stale", agreement.stale());
    json.writeEndObject();
  }
}
