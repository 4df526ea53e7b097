package dev.grantway.admin.api;

import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.Sentence;
import dev.grantway.revision.CanonicalJson;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;

/** Refusals as JSON: a status, and for each cause a stable code and what to do. */
final class Problem {
  private Problem() {}

  static ResponseEntity<byte[]> of(HttpStatus status, List<Objection> why) {
    byte[] body =
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              json.writeArrayFieldStart("problems");
              for (Objection objection : why) {
                json.writeStartObject();
                json.writeStringField("code", objection.code());
                json.writeStringField("message", objection.says().in(Locale.ENGLISH));
                json.writeEndObject();
              }
              json.writeEndArray();
              json.writeEndObject();
            });
    return ResponseEntity.status(status).contentType(MediaType.APPLICATION_JSON).body(body);
  }

  static ResponseEntity<byte[]> of(HttpStatus status, String code, Object... facts) {
    return of(status, List.of(Objection.of(code, facts)));
  }

  /** One whose text is another's: the reader's, or the store's. */
  static ResponseEntity<byte[]> said(HttpStatus status, String code, String message) {
    return of(status, List.of(new Objection(code, new Sentence.OfModel(message))));
  }
}
