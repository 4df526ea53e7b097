package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.revocations.RevocationService;
import dev.grantway.admin.security.Task;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.Revocation;
import java.io.IOException;
import java.util.Arrays;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Revoking now: {@code docs/rest-api.md}. */
@RestController
@RequestMapping(
    path = {"/api/v1/revocations", "/api/revocations"},
    produces = MediaType.APPLICATION_JSON_VALUE)
class RevocationsApi {
  private final RevocationService revocations;

  RevocationsApi(RevocationService revocations) {
    this.revocations = revocations;
  }

  @Needs(Task.SEE)
  @GetMapping
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String after) {
    Paged<Revocation> page =
        Paged.of(
            revocations.all(epoch(after), Paged.SIZE + 1),
            Paged.SIZE,
            it -> Long.toString(it.epoch()));
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("revocations");
          for (Revocation it : page.items()) {
            write(json, it);
          }
          json.writeEndArray();
          page.writeNext(json);
          json.writeEndObject();
        });
  }

  private static long epoch(String cursor) {
    try {
      long epoch = cursor.isEmpty() ? 0 : Long.parseLong(cursor);
      if (epoch < 0) {
        throw new NumberFormatException("no epoch is below 0");
      }
      return epoch;
    } catch (NumberFormatException none) {
      throw Paged.noCursor(cursor, none);
    }
  }

  @Needs(value = Task.REVOKE, answers = 201)
  @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> revoke(@RequestBody byte[] body) {
    Revocation revoked = revocations.revoke(wish(body));
    return Answers.json(HttpStatus.CREATED, json -> write(json, revoked));
  }

  @Needs(value = Task.REVOKE, answers = 201)
  @PostMapping(path = "/lift", consumes = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> lift(@RequestBody byte[] body) {
    Revocation lifted = revocations.lift(wish(body));
    return Answers.json(HttpStatus.CREATED, json -> write(json, lifted));
  }

  private static RevocationService.Wish wish(byte[] body) {
    return CanonicalJson.read(body).as(RevocationsApi::wish);
  }

  private static RevocationService.Wish wish(JsonObject json) {
    String kind = json.text("kind");
    return new RevocationService.Wish(
        Arrays.stream(Revocation.Kind.values())
            .filter(it -> it.code().equals(kind))
            .findFirst()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "`kind` is one of token-id, subject, client, session, not `" + kind + "`")),
        json.text("issuer"),
        json.text("value"),
        json.requiredInstant("until"),
        json.text("reason"));
  }

  private static void write(JsonGenerator json, Revocation it) throws IOException {
    json.writeStartObject();
    json.writeNumberField("epoch", it.epoch());
    json.writeBooleanField("lifted", !it.added());
    json.writeStringField("kind", it.kind().code());
    json.writeStringField("issuer", it.issuer());
    json.writeStringField("value", it.value());
    json.writeStringField("at", it.at().toString());
    json.writeStringField("until", it.until().toString());
    json.writeStringField("by", it.by());
    json.writeStringField("reason", it.reason());
    json.writeEndObject();
  }
}
