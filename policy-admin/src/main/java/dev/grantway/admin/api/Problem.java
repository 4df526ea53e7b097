package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Trace;
import dev.grantway.revision.CanonicalJson;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Refusals as RFC 9457 has them: a status, and for each cause a stable code and what to do. */
final class Problem {
  private Problem() {}

  static ResponseEntity<byte[]> of(HttpStatus status, List<Objection> why) {
    return of(status, why, List.of());
  }

  /**
   * The same.
   *
   * @param rights operator rights that would allow it, where that is what is missing
   */
  static ResponseEntity<byte[]> of(HttpStatus status, List<Objection> why, List<String> rights) {
    return of(status, why, rights, json -> {});
  }

  /**
   * The same.
   *
   * @param members writes further members of the object
   */
  static ResponseEntity<byte[]> of(
      HttpStatus status, List<Objection> why, CanonicalJson.Body members) {
    return of(status, why, List.of(), members);
  }

  private static ResponseEntity<byte[]> of(
      HttpStatus status, List<Objection> why, List<String> rights, CanonicalJson.Body members) {
    byte[] body =
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              json.writeStringField("type", "about:blank");
              json.writeStringField("title", status.getReasonPhrase());
              json.writeNumberField("status", status.value());
              if (!why.isEmpty()) {
                json.writeStringField("detail", why.getFirst().says().in(Locale.ENGLISH));
              }
              if (Trace.id().isPresent()) {
                json.writeStringField("trace", Trace.id().get());
              }
              if (!rights.isEmpty()) {
                json.writeArrayFieldStart("rights");
                for (String right : rights) {
                  json.writeString(right);
                }
                json.writeEndArray();
              }
              write(json, why);
              members.write(json);
              json.writeEndObject();
            });
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_PROBLEM_JSON).body(body);
  }

  /** Answers with a problem where there is nobody to return it to. */
  static void write(HttpServletResponse response, ResponseEntity<byte[]> problem)
      throws IOException {
    response.setStatus(problem.getStatusCode().value());
    response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
    response.getOutputStream().write(Objects.requireNonNull(problem.getBody()));
  }

  /** The member {@code problems}. */
  static void write(JsonGenerator json, List<Objection> why) throws IOException {
    json.writeArrayFieldStart("problems");
    for (Objection objection : why) {
      json.writeStartObject();
      json.writeStringField("code", objection.code());
      json.writeStringField("message", objection.says().in(Locale.ENGLISH));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static ResponseEntity<byte[]> of(HttpStatus status, String code, Object... facts) {
    return of(status, List.of(Objection.of(code, facts)));
  }

  /** One whose text is another's: the reader's, or the store's. */
  static ResponseEntity<byte[]> said(HttpStatus status, String code, String message) {
    return of(status, List.of(new Objection(code, new Sentence.OfModel(message))));
  }
}
