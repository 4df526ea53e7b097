package dev.grantway.admin.api;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.admin.changes.Objection;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.reviews.AnswerInput;
import dev.grantway.admin.reviews.Answered;
import dev.grantway.admin.reviews.CampaignInput;
import dev.grantway.admin.reviews.CampaignState;
import dev.grantway.admin.reviews.ClosePlan;
import dev.grantway.admin.reviews.CloseResult;
import dev.grantway.admin.reviews.ClosingService;
import dev.grantway.admin.reviews.Created;
import dev.grantway.admin.reviews.QueueFilter;
import dev.grantway.admin.reviews.QueueLine;
import dev.grantway.admin.reviews.ReportFile;
import dev.grantway.admin.reviews.ReviewService;
import dev.grantway.admin.reviews.Standing;
import dev.grantway.admin.security.Task;
import dev.grantway.review.Answer;
import dev.grantway.review.Campaign;
import dev.grantway.review.Closed;
import dev.grantway.review.ReviewJson;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.http.ContentDisposition;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Access reviews: {@code docs/rest-api.md}. */
@RestController
@RequestMapping("/api/v1/reviews")
class ReviewsApi {
  private static final String PATH = "/api/v1/reviews/";
  private final ReviewService reviews;
  private final ClosingService closing;
  private final Clock clock;

  ReviewsApi(ReviewService reviews, ClosingService closing, Clock clock) {
    this.reviews = reviews;
    this.closing = closing;
    this.clock = clock;
  }

  @Needs(Task.SEE)
  @GetMapping(produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> list(@RequestParam(defaultValue = "") String after) {
    var page = reviews.campaigns(after, Paged.SIZE);
    return Answers.json(
        json -> {
          json.writeStartObject();
          json.writeArrayFieldStart("reviews");
          for (CampaignState it : page.items()) {
            json.writeStartObject();
            write(json, it);
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("next", page.next());
          json.writeEndObject();
        });
  }

  private void write(JsonGenerator json, CampaignState it) throws IOException {
    json.writeFieldName("review");
    json.writeRawValue(ReviewJson.text(it.campaign()));
    json.writeStringField("stage", ReviewJson.code(it.stage(clock.instant())));
    Closed closed = it.closedOrNull();
    if (closed != null) {
      json.writeFieldName("closed");
      json.writeRawValue(ReviewJson.text(closed));
    }
  }

  @Needs(value = Task.PUBLISH_APPROVED, answers = 201)
  @PostMapping(
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> create(@RequestBody byte[] body) {
    return switch (reviews.create(CanonicalJson.read(body).as(ReviewsApi::input))) {
      case Created.Done(Campaign it) ->
          ResponseEntity.created(URI.create(PATH + it.id()))
              .contentType(MediaType.APPLICATION_JSON)
              .body(CanonicalJson.write(json -> json.writeRawValue(ReviewJson.text(it))));
      case Created.Refused refused ->
          Problem.of(HttpStatus.UNPROCESSABLE_CONTENT, objections(refused));
    };
  }

  private static CampaignInput input(JsonObject json) {
    return new CampaignInput(
        json.text("name"),
        json.texts("roles"),
        json.textOr("tag", ""),
        json.textOr("owner", ""),
        json.textOr("api", ""),
        json.texts("reviewers"),
        json.text("due"),
        json.text("otherwise"));
  }

  /** A code of its own for each field, such as {@code bad-reviewers}. */
  private static List<Objection> objections(Created.Refused refused) {
    var objections = new ArrayList<Objection>();
    for (CampaignInput.Field field : CampaignInput.Field.values()) {
      for (Sentence why : refused.byField().getOrDefault(field, List.of())) {
        objections.add(new Objection("bad-" + field.name().toLowerCase(Locale.ROOT), why));
      }
    }
    return objections;
  }

  @Needs(Task.SEE)
  @GetMapping(path = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> one(@PathVariable String id) {
    Optional<CampaignState> found = reviews.campaign(id);
    if (found.isEmpty()) {
      return missing(id);
    }
    Standing standing = reviews.standing(id).orElseThrow();
    Optional<ClosePlan> plan = found.filter(CampaignState::isOpen).flatMap(it -> closing.plan(id));
    return Answers.json(
        json -> {
          json.writeStartObject();
          write(json, found.get());
          json.writeNumberField("kept", standing.kept());
          json.writeNumberField("revoked", standing.revoked());
          json.writeNumberField("open", standing.open());
          if (plan.isPresent()) {
            json.writeObjectFieldStart("closing");
            json.writeNumberField("kept", plan.get().kept());
            json.writeNumberField("revoked", plan.get().revoked());
            json.writeNumberField("defaulted", plan.get().defaulted());
            json.writeStringField("state", plan.get().state());
            Problem.write(json, plan.get().why());
            json.writeEndObject();
          }
          json.writeEndObject();
        });
  }

  private static ResponseEntity<byte[]> missing(String id) {
    return Problem.of(HttpStatus.NOT_FOUND, "review-unknown", id);
  }

  @Needs(Task.SEE)
  @GetMapping(path = "/{id}/lines", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> lines(
      @PathVariable String id,
      @RequestParam(defaultValue = "1") int after,
      @RequestParam(defaultValue = "false") boolean open,
      @RequestParam(defaultValue = "false") boolean flagged,
      @RequestParam(defaultValue = "false") boolean mine) {
    return reviews
        .queue(id, new QueueFilter(open, flagged, mine), after, Paged.SIZE)
        .map(
            queue ->
                Answers.json(
                    json -> {
                      json.writeStartObject();
                      write(json, queue.lines());
                      json.writeStringField(
                          "next", queue.next() == 0 ? "" : Integer.toString(queue.next()));
                      json.writeEndObject();
                    }))
        .orElseGet(() -> missing(id));
  }

  private static void write(JsonGenerator json, List<QueueLine> lines) throws IOException {
    json.writeArrayFieldStart("lines");
    for (QueueLine it : lines) {
      json.writeStartObject();
      json.writeFieldName("of");
      json.writeRawValue(ReviewJson.text(it.line()));
      json.writeNumberField("said", it.said());
      if (it.answer().isPresent()) {
        json.writeFieldName("answer");
        json.writeRawValue(ReviewJson.text(it.answer().get()));
      }
      if (it.barred().isPresent()) {
        json.writeStringField("barred", ReviewJson.code(it.barred().get()));
      }
      if (it.uncovered()) {
        json.writeBooleanField("uncovered", true);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  @Needs(Task.SEE)
  @PostMapping(
      path = "/{id}/answers",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> answer(@PathVariable String id, @RequestBody byte[] body) {
    return answered(reviews.answer(id, CanonicalJson.read(body).as(ReviewsApi::said)));
  }

  private static AnswerInput said(JsonObject json) {
    String answer = json.text("answer");
    return new AnswerInput(
        number(json, "line"),
        number(json, "said"),
        answer.equals("none") ? null : known(answer),
        json.textOr("comment", ""),
        json.instant("opened").orElse(null));
  }

  private static Answer known(String code) {
    return Arrays.stream(Answer.values())
        .filter(it -> ReviewJson.code(it).equals(code))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "`answer` is one of keep, revoke, none, not `" + code + "`"));
  }

  private static int number(JsonObject json, String name) {
    long number = json.number(name);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("member `" + name + "` is no number of a line");
    }
    return (int) number;
  }

  @Needs(Task.SEE)
  @PostMapping(
      path = "/{id}/answers/together",
      consumes = MediaType.APPLICATION_JSON_VALUE,
      produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> keepTogether(@PathVariable String id, @RequestBody byte[] body) {
    JsonObject json = CanonicalJson.read(body);
    List<Integer> lines = json.texts("keep").stream().map(ReviewsApi::line).toList();
    int counted = number(json, "counted");
    json.end();
    return answered(reviews.keepTogether(id, lines, counted));
  }

  private static int line(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException none) {
      throw new IllegalArgumentException("`" + text + "` is no number of a line", none);
    }
  }

  private static ResponseEntity<byte[]> answered(Answered result) {
    return switch (result) {
      case Answered.Done(List<QueueLine> lines) ->
          Answers.json(
              json -> {
                json.writeStartObject();
                write(json, lines);
                json.writeEndObject();
              });
      case Answered.Overtaken(List<QueueLine> lines) ->
          Problem.of(HttpStatus.CONFLICT, "review-overtaken", lines.getFirst().line().number());
      case Answered.Refused(Objection why) -> Problem.of(status(why), List.of(why));
    };
  }

  private static HttpStatus status(Objection why) {
    return why.code().equals("review-unknown") || why.code().equals("review-line")
        ? HttpStatus.NOT_FOUND
        : HttpStatus.UNPROCESSABLE_CONTENT;
  }

  private static HttpStatus notClosed(Objection why, boolean isConditional) {
    if (why.code().equals("review-close-moved")) {
      return isConditional ? HttpStatus.PRECONDITION_FAILED : HttpStatus.CONFLICT;
    }
    return status(why);
  }

  @Needs(Task.PUBLISH_APPROVED)
  @PostMapping(path = "/{id}/close", produces = MediaType.APPLICATION_JSON_VALUE)
  ResponseEntity<byte[]> close(
      @PathVariable String id, @RequestHeader(name = "If-Match", defaultValue = "") String match) {
    return switch (closing.close(id, IfMatch.seen(match))) {
      case CloseResult.Done(Closed closed) ->
          Answers.json(json -> json.writeRawValue(ReviewJson.text(closed)));
      case CloseResult.Refused(List<Objection> why) ->
          Problem.of(notClosed(why.getFirst(), !match.isEmpty()), why);
    };
  }

  /** As it is recorded, or as a table: all of it, or a problem. */
  @Needs(Task.EVIDENCE)
  @GetMapping("/{id}/report")
  void report(
      @PathVariable String id,
      @RequestParam(defaultValue = ReportFile.AS_RECORDED) String as,
      HttpServletResponse answer)
      throws IOException {
    Optional<ReportFile> file = closing.report(id, as);
    if (file.isEmpty()) {
      ResponseEntity<byte[]> none = Problem.of(HttpStatus.NOT_FOUND, "review-no-report", id);
      answer.setStatus(none.getStatusCode().value());
      answer.setContentType(String.valueOf(none.getHeaders().getContentType()));
      answer.getOutputStream().write(Optional.ofNullable(none.getBody()).orElse(new byte[0]));
      return;
    }
    try (ReportFile it = file.get()) {
      answer.setContentType(it.mediaType());
      answer.setContentLengthLong(it.bytes());
      answer.setHeader(
          HttpHeaders.CONTENT_DISPOSITION,
          ContentDisposition.attachment().filename(it.name()).build().toString());
      it.to(answer.getOutputStream());
      answer.flushBuffer();
    }
  }
}
