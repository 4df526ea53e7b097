package dev.grantway.review;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.RowJson;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What access reviews are made of in canonical form. What no release wrote is an {@link
 * IllegalArgumentException} when read.
 */
public final class ReviewJson {
  private ReviewJson() {}

  /** Whatever has a canonical form here. */
  private interface Members {
    void write(JsonGenerator json) throws IOException;
  }

  private static String text(Members members) {
    return new String(
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              members.write(json);
              json.writeEndObject();
            }),
        UTF_8);
  }

  private static JsonObject parsed(String text) {
    return CanonicalJson.read(text.getBytes(UTF_8));
  }

  public static String text(Campaign campaign) {
    return text(json -> write(json, campaign));
  }

  public static Campaign campaign(String text) {
    return parsed(text).as(ReviewJson::campaign);
  }

  private static void write(JsonGenerator json, Campaign it) throws IOException {
    json.writeStringField("id", it.id());
    json.writeStringField("name", it.name());
    json.writeStringField("by", it.by());
    json.writeStringField("at", it.at().toString());
    json.writeStringField("due", it.due().toString());
    json.writeStringField("otherwise", code(it.otherwise()));
    texts(json, "reviewers", it.reviewers());
    texts(json, "roles", it.extent().roles().stream().map(RoleName::value).toList());
    optional(json, "tag", it.extent().tag());
    optional(json, "owner", it.extent().owner());
    optional(json, "api", it.extent().api().map(ApiId::value).orElse(""));
    json.writeNumberField("revision", it.revision());
    json.writeStringField("revisionHash", it.revisionHash());
    json.writeNumberField("quietDays", it.quietDays());
    json.writeNumberField("lines", it.lines());
    json.writeNumberField("flagged", it.flagged());
    json.writeNumberField("uncovered", it.uncovered());
  }

  private static Campaign campaign(JsonObject json) {
    String api = json.textOr("api", "");
    var extent =
        new Extent(
            json.texts("roles").stream()
                .map(RoleName::new)
                .collect(Collectors.toCollection(TreeSet::new)),
            json.textOr("tag", ""),
            json.textOr("owner", ""),
            api.isEmpty() ? null : new ApiId(api));
    return new Campaign(
        json.text("id"),
        json.text("name"),
        json.text("by"),
        json.requiredInstant("at"),
        json.requiredInstant("due"),
        of(Answer.class, json.text("otherwise")),
        new TreeSet<>(json.texts("reviewers")),
        extent,
        json.number("revision"),
        json.text("revisionHash"),
        number(json, "quietDays"),
        number(json, "lines"),
        number(json, "flagged"),
        number(json, "uncovered"));
  }

  public static String text(ReviewLine line) {
    return text(json -> write(json, line));
  }

  public static ReviewLine line(String text) {
    return parsed(text).as(ReviewJson::line);
  }

  private static void write(JsonGenerator json, ReviewLine it) throws IOException {
    json.writeNumberField("line", it.number());
    json.writeFieldName("row");
    RowJson.write(json, it.row());
    json.writeNumberField("since", it.since());
    texts(json, "grantedBy", it.grantedBy());
    optional(json, "grantedAt", it.grantedAtOrNull());
    json.writeNumberField("routes", it.routes());
    json.writeObjectFieldStart("use");
    json.writeStringField("of", code(it.use().of()));
    json.writeNumberField("calls", it.use().calls());
    optional(json, "last", it.use().lastOrNull());
    json.writeNumberField("days", it.use().days());
    json.writeNumberField("told", it.use().told());
    flag(json, "everyCall", it.use().everyCall());
    json.writeEndObject();
    texts(json, "flags", it.flags().stream().map(ReviewJson::code).toList());
    if (!it.barred().isEmpty()) {
      json.writeObjectFieldStart("barred");
      for (var barred : it.barred().entrySet()) {
        json.writeStringField(barred.getKey(), code(barred.getValue()));
      }
      json.writeEndObject();
    }
  }

  private static ReviewLine line(JsonObject json) {
    var barred = new TreeMap<String, Barred>();
    json.object("barred")
        .ifPresent(
            all -> all.names().forEach(name -> barred.put(name, of(Barred.class, all.text(name)))));
    return new ReviewLine(
        number(json, "line"),
        RowJson.read(
            json.object("row").orElseThrow(() -> new IllegalArgumentException("lacks `row`"))),
        json.number("since"),
        new TreeSet<>(json.texts("grantedBy")),
        json.instant("grantedAt").orElse(null),
        number(json, "routes"),
        json.object("use")
            .orElseThrow(() -> new IllegalArgumentException("lacks `use`"))
            .as(ReviewJson::use),
        json.texts("flags").stream()
            .map(text -> of(Flag.class, text))
            .collect(Collectors.toCollection(TreeSet::new)),
        barred);
  }

  private static LastUse use(JsonObject json) {
    return new LastUse(
        of(LastUse.Of.class, json.text("of")),
        json.number("calls"),
        json.instant("last").orElse(null),
        number(json, "days"),
        number(json, "told"),
        json.flag("everyCall"));
  }

  public static String text(LineAnswer answer) {
    return text(json -> write(json, answer));
  }

  public static LineAnswer answer(String text) {
    return parsed(text).as(ReviewJson::answer);
  }

  private static void write(JsonGenerator json, LineAnswer it) throws IOException {
    json.writeNumberField("line", it.line());
    json.writeNumberField("seq", it.seq());
    optional(json, "answer", it.answer().map(ReviewJson::code).orElse(""));
    json.writeStringField("by", it.by());
    json.writeStringField("at", it.at().toString());
    optional(json, "opened", it.openedOrNull());
    optional(json, "comment", it.comment());
    if (it.together() > 0) {
      json.writeNumberField("together", it.together());
    }
  }

  private static LineAnswer answer(JsonObject json) {
    String answer = json.textOr("answer", "");
    return new LineAnswer(
        number(json, "line"),
        number(json, "seq"),
        answer.isEmpty() ? null : of(Answer.class, answer),
        json.text("by"),
        json.requiredInstant("at"),
        json.instant("opened").orElse(null),
        json.textOr("comment", ""),
        (int) json.numberOr("together", 0));
  }

  public static String text(Closing closing) {
    return text(json -> write(json, closing));
  }

  public static Closing closing(String text) {
    return parsed(text).as(ReviewJson::closing);
  }

  private static void write(JsonGenerator json, Closing it) throws IOException {
    json.writeStringField("by", it.by());
    json.writeStringField("at", it.at().toString());
    json.writeStringField("draft", it.draft());
  }

  private static Closing closing(JsonObject json) {
    return new Closing(json.text("by"), json.requiredInstant("at"), json.text("draft"));
  }

  public static String text(Closed closed) {
    return text(
        json -> {
          json.writeStringField("at", closed.at().toString());
          json.writeStringField("sha256", closed.sha256());
          write(json, closed.counts());
          optional(json, "draft", closed.draft());
        });
  }

  public static Closed closed(String text) {
    return parsed(text)
        .as(
            json ->
                new Closed(
                    json.requiredInstant("at"),
                    json.text("sha256"),
                    counts(json),
                    json.textOr("draft", "")));
  }

  private static void write(JsonGenerator json, Counts it) throws IOException {
    json.writeNumberField("lines", it.lines());
    json.writeNumberField("kept", it.kept());
    json.writeNumberField("revoked", it.revoked());
    json.writeNumberField("changedSince", it.changedSince());
    json.writeNumberField("defaulted", it.defaulted());
  }

  private static Counts counts(JsonObject json) {
    return new Counts(
        number(json, "lines"),
        number(json, "kept"),
        number(json, "revoked"),
        number(json, "changedSince"),
        number(json, "defaulted"));
  }

  /** A line of a report, without its end. */
  static String text(ReportLine line) {
    return text(
        json -> {
          switch (line) {
            case ReportLine.Begin it -> {
              json.writeStringField("type", "review");
              object(json, "campaign", members -> write(members, it.campaign()));
              object(json, "closing", members -> write(members, it.closing()));
            }
            case ReportLine.Of it -> {
              json.writeStringField("type", "line");
              object(json, "of", members -> write(members, it.line()));
              LineAnswer answer = it.answerOrNull();
              if (answer != null) {
                object(json, "answer", members -> write(members, answer));
                if (answer.taken().isPresent()) {
                  json.writeNumberField("milliseconds", answer.taken().get().toMillis());
                }
              }
              flag(json, "defaulted", it.isDefaulted());
              json.writeStringField("outcome", code(it.outcome()));
            }
            case ReportLine.End it -> {
              json.writeStringField("type", "end");
              write(json, it.counts());
              optional(json, "draft", it.draft());
            }
          }
        });
  }

  /** Reads what a report holds. */
  public static ReportLine reportLine(String text) {
    return parsed(text).as(ReviewJson::reportLine);
  }

  private static ReportLine reportLine(JsonObject json) {
    String type = json.text("type");
    return switch (type) {
      case "review" ->
          new ReportLine.Begin(
              member(json, "campaign").as(ReviewJson::campaign),
              member(json, "closing").as(ReviewJson::closing));
      case "line" -> {
        var line =
            new ReportLine.Of(
                member(json, "of").as(ReviewJson::line),
                json.object("answer").map(it -> it.as(ReviewJson::answer)).orElse(null),
                of(Outcome.class, json.text("outcome")));
        long none = -1;
        long said = json.numberOr("milliseconds", none);
        LineAnswer answer = line.answerOrNull();
        long taken = answer == null ? none : answer.taken().map(it -> it.toMillis()).orElse(none);
        if (json.flag("defaulted") != line.isDefaulted() || said != taken) {
          throw new IllegalArgumentException("a line of a report contradicts itself");
        }
        yield line;
      }
      case "end" -> new ReportLine.End(counts(json), json.textOr("draft", ""));
      default -> throw new IllegalArgumentException("type `" + type + "` is not known");
    };
  }

  private static JsonObject member(JsonObject json, String name) {
    return json.object(name)
        .orElseThrow(() -> new IllegalArgumentException("lacks `" + name + "`"));
  }

  private static void object(JsonGenerator json, String name, Members members) throws IOException {
    json.writeObjectFieldStart(name);
    members.write(json);
    json.writeEndObject();
  }

  private static void texts(JsonGenerator json, String name, Collection<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      CanonicalJson.texts(json, name, texts);
    }
  }

  private static void optional(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void optional(JsonGenerator json, String name, @Nullable Instant at)
      throws IOException {
    if (at != null) {
      json.writeStringField(name, at.toString());
    }
  }

  private static void flag(JsonGenerator json, String name, boolean value) throws IOException {
    if (value) {
      json.writeBooleanField(name, true);
    }
  }

  private static int number(JsonObject json, String name) {
    long number = json.number(name);
    if (number < 0 || number > Integer.MAX_VALUE) {
      throw new IllegalArgumentException("member `" + name + "` is no count");
    }
    return (int) number;
  }

  /** How a constant is written: lower case, with hyphens. */
  public static String code(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private static <E extends Enum<E>> E of(Class<E> type, String code) {
    return Arrays.stream(type.getEnumConstants())
        .filter(it -> code(it).equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("`" + code + "` is not known"));
  }
}
