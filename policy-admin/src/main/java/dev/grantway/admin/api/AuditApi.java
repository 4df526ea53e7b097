package dev.grantway.admin.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityJson;
import dev.grantway.audit.ActivityRecord;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The activity log, and everything that is chained for {@code grantway verify}. */
@RestController
@RequestMapping({"/api/v1", "/api"})
class AuditApi {
  private static final int PAGE = 200;

  private final AuditService audit;

  AuditApi(AuditService audit) {
    this.audit = audit;
  }

  @Needs(Task.EVIDENCE)
  @GetMapping(path = "/activity", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> days() {
    var days = audit.days();
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("days");
          for (LocalDate day : days) {
            json.writeString(day.toString());
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  @Needs(Task.EVIDENCE)
  @GetMapping(path = "/activity/{day}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> activity(
      @PathVariable LocalDate day, @RequestParam(defaultValue = "") String after) {
    AuditService.Activities page = audit.activity(day, after, PAGE);
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("records");
          for (ActivityRecord item : page.items()) {
            json.writeRawValue(new String(ActivityJson.write(item), UTF_8));
          }
          json.writeEndArray();
          json.writeStringField("next", page.next());
          json.writeEndObject();
        });
  }

  @Needs(Task.EVIDENCE)
  @GetMapping(path = "/audit/verify", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> verify() {
    return ResponseEntity.ok(audit.verify().write());
  }

  /**
   * JSON lines. Where the table fails after some of them went out, the connection is ended: no
   * problem document stands behind them, and nobody takes them for the whole.
   */
  @Needs(Task.EVIDENCE)
  @GetMapping(path = "/audit/bundle", produces = MediaType.APPLICATION_NDJSON_VALUE)
  void bundle(HttpServletResponse answer) throws IOException {
    answer.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
    var out = new Lines(answer);
    try {
      audit.bundle(out::write);
    } catch (RuntimeException failed) {
      if (answer.isCommitted()) {
        throw new BrokenOff(failed);
      }
      answer.resetBuffer();
      throw failed;
    }
    answer.flushBuffer();
  }

  /** An answer that was begun and cannot be ended: {@link RawBodies} leaves it to the container. */
  private static final class BrokenOff extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BrokenOff(RuntimeException why) {
      super("an answer was broken off");
      // As its cause it would be answered by ApiErrors, behind what is there already.
      addSuppressed(why);
    }
  }

  /** Opens the answer with the first line: what is refused before it is refused as ever. */
  private static final class Lines {
    private final HttpServletResponse answer;

    Lines(HttpServletResponse answer) {
      this.answer = answer;
    }

    void write(String line) {
      try {
        OutputStream out = answer.getOutputStream();
        out.write(line.getBytes(UTF_8));
        out.write('\n');
      } catch (IOException gone) {
        throw new UncheckedIOException(gone);
      }
    }
  }
}
