package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.transfer.Begun;
import dev.grantway.admin.transfer.Download;
import dev.grantway.admin.transfer.ExportInput;
import dev.grantway.admin.transfer.ExportJob;
import dev.grantway.admin.transfer.ExportKind;
import dev.grantway.admin.transfer.ExportOrder;
import dev.grantway.admin.transfer.ExportService;
import dev.grantway.admin.transfer.PastExport;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.core.io.FileSystemResource;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Exports of the grant report: {@code docs/rest-api.md}. */
@RestController
@RequestMapping("/api/v1/exports")
class ExportsApi {
  private static final String PATH = "/api/v1/exports/";

  private final ExportService exports;

  ExportsApi(ExportService exports) {
    this.exports = exports;
  }

  @Needs(Task.EVIDENCE)
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String after) {
    List<ExportJob> jobs = exports.jobs();
    Paged<PastExport> past =
        Paged.latestFirst(
            exports.past(), it -> it.manifest().created(), PastExport::id, after, Paged.SIZE);
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("jobs");
          for (ExportJob job : jobs) {
            write(json, job);
          }
          json.writeEndArray();
          json.writeArrayFieldStart("exports");
          for (PastExport it : past.items()) {
            json.writeStartObject();
            json.writeStringField("id", it.id());
            json.writeFieldName("manifest");
            json.writeRawValue(new String(it.manifest().write(), UTF_8).strip());
            json.writeEndObject();
          }
          json.writeEndArray();
          past.writeNext(json);
          json.writeEndObject();
        });
  }

  @Needs(value = Task.EVIDENCE, answers = 202)
  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> begin(@RequestBody byte[] body) {
    return switch (exports.prepare(CanonicalJson.read(body).as(ExportsApi::input))) {
      case Reading.Problems<ExportOrder, ExportInput.Field> problems ->
          Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, objections(problems));
      case Reading.Read<ExportOrder, ExportInput.Field>(ExportOrder order) -> begin(order);
    };
  }

  private ResponseEntity<byte[]> begin(ExportOrder order) {
    return switch (exports.begin(order)) {
      case Begun.Refused(Objection why) ->
          Problem.of(
              why.code().equals("exports-full")
                  ? HttpStatus.INSUFFICIENT_STORAGE
                  : HttpStatus.TOO_MANY_REQUESTS,
              List.of(why));
      case Begun.Started(ExportJob job) ->
          ResponseEntity.status(HttpStatus.ACCEPTED)
              .location(URI.create(PATH + job.id()))
              .contentType(MediaType.APPLICATION_JSON)
              .body(CanonicalJson.write(json -> write(json, job)));
    };
  }

  private static ExportInput input(JsonObject json) {
    return new ExportInput(
        json.textOr("kind", ExportKind.GRANTS.text()),
        json.text("format"),
        json.textOr("api", ""),
        json.textOr("stage", ""),
        json.textOr("roles", ""),
        json.textOr("route", ""),
        json.textOr("tags", ""),
        json.textOr("owner", ""),
        json.textOr("methods", ""),
        json.textOr("effect", ""),
        json.textOr("asOf", ""),
        json.textOr("at", ""));
  }

  /** A code of its own for each field, such as {@code bad-as-of}. */
  private static List<Objection> objections(
      Reading.Problems<ExportOrder, ExportInput.Field> problems) {
    var objections = new ArrayList<Objection>();
    for (ExportInput.Field field : ExportInput.Field.values()) {
      for (Sentence why : problems.byField().getOrDefault(field, List.of())) {
        objections.add(
            new Objection("bad-" + field.name().toLowerCase(Locale.ROOT).replace('_', '-'), why));
      }
    }
    return objections;
  }

  @Needs(Task.EVIDENCE)
  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> job(@PathVariable String id) {
    return exports
        .job(id)
        .map(job -> Answers.json(json -> write(json, job)))
        .orElseGet(ExportsApi::missing);
  }

  @Needs(
      value = Task.EVIDENCE,
      answers = {202, 204})
  @DeleteMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> end(@PathVariable String id) {
    boolean wasRunning = exports.job(id).filter(ExportJob::isRunning).isPresent();
    if (exports.cancel(id)) {
      return ResponseEntity.status(HttpStatus.ACCEPTED).build();
    }
    if (exports.delete(id)) {
      return ResponseEntity.noContent().build();
    }
    return wasRunning ? Problem.of(HttpStatus.CONFLICT, "export-placing") : missing();
  }

  @Needs(Task.EVIDENCE)
  @GetMapping("/{id}/file")
  ResponseEntity<?> file(@PathVariable String id) {
    return handed(exports.file(id));
  }

  @Needs(Task.EVIDENCE)
  @GetMapping("/{id}/manifest")
  ResponseEntity<?> manifest(@PathVariable String id) {
    return handed(exports.manifest(id));
  }

  private static ResponseEntity<?> handed(Optional<Download> download) {
    if (download.isEmpty()) {
      return missing();
    }
    Download it = download.get();
    return ResponseEntity.ok()
        .contentType(MediaType.parseMediaType(it.mediaType()))
        .header(
            HttpHeaders.CONTENT_DISPOSITION,
            ContentDisposition.attachment().filename(it.name()).build().toString())
        .body(new FileSystemResource(it.file()));
  }

  private static ResponseEntity<byte[]> missing() {
    return Problem.of(HttpStatus.NOT_FOUND, "no-export");
  }

  private static void write(JsonGenerator json, ExportJob job) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", job.id());
    json.writeStringField("state", job.state().name().toLowerCase(Locale.ROOT));
    json.writeStringField("by", job.operator());
    json.writeStringField("kind", job.order().kind().text());
    json.writeStringField("format", job.order().format().text());
    json.writeStringField("file", job.order().file());
    json.writeNumberField("revision", job.order().revision());
    json.writeNumberField("rows", job.rows());
    if (job.order().rows().isPresent()) {
      json.writeNumberField("of", job.order().rows().getAsLong());
    }
    if (job.failed().isPresent()) {
      json.writeStringField(
          "failure", job.failed().get().failure().name().toLowerCase(Locale.ROOT));
      json.writeStringField("why", job.failed().get().why().in(Locale.ENGLISH));
    }
    json.writeEndObject();
  }
}
