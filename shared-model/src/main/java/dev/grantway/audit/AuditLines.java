package dev.grantway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;

/** Lines of an audit bundle as JSON, one object each; {@code type} tells what they are. */
public final class AuditLines {
  private static final long VERSION = 1;

  private AuditLines() {}

  /** The line without its end. */
  public static String write(AuditLine line) {
    return new String(
        CanonicalJson.write(
            json -> {
              json.writeStartObject();
              switch (line) {
                case AuditLine.Start it -> {
                  json.writeStringField("type", "start");
                  json.writeNumberField("grantwayAudit", VERSION);
                  json.writeStringField("at", it.at().toString());
                  json.writeStringField("table", it.table());
                  json.writeNumberField("head", it.head());
                  json.writeStringField("headHash", it.headHash());
                }
                case AuditLine.OfCheckpoint it -> {
                  json.writeStringField("type", "checkpoint");
                  json.writeStringField("key", it.key());
                  json.writeStringField("body", it.signed().body());
                  json.writeStringField("publicKey", it.signed().key());
                  json.writeStringField("signature", it.signed().signature());
                }
                case AuditLine.OfRevision it -> {
                  json.writeStringField("type", "revision");
                  json.writeStringField("key", it.key());
                  json.writeStringField("body", it.body());
                }
                case AuditLine.OfPack it -> {
                  json.writeStringField("type", "pack");
                  json.writeNumberField("revision", it.revision());
                  json.writeStringField("key", it.key());
                  json.writeStringField("body", it.body());
                }
                case AuditLine.OfActivity it -> {
                  json.writeStringField("type", "activity");
                  json.writeStringField("day", it.day());
                  json.writeStringField("key", it.key());
                  json.writeStringField("body", it.body());
                  json.writeStringField("hash", it.hash());
                }
                case AuditLine.OfReview it -> {
                  json.writeStringField("type", "review");
                  json.writeStringField("review", it.review());
                  if (it.settled()) {
                    json.writeBooleanField("settled", true);
                  }
                  json.writeStringField("body", it.body());
                }
                case AuditLine.End it -> {
                  json.writeStringField("type", "end");
                  json.writeNumberField("lines", it.lines());
                }
              }
              json.writeEndObject();
            }),
        UTF_8);
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
  public static AuditLine read(String line) {
    return CanonicalJson.readLong(line.getBytes(UTF_8)).as(AuditLines::read);
  }

  private static AuditLine read(JsonObject json) {
    String type = json.text("type");
    return switch (type) {
      case "start" -> start(json);
      case "checkpoint" ->
          new AuditLine.OfCheckpoint(
              json.text("key"),
              new SignedCheckpoint(
                  json.text("body"), json.text("publicKey"), json.text("signature")));
      case "revision" -> new AuditLine.OfRevision(json.text("key"), json.text("body"));
      case "pack" ->
          new AuditLine.OfPack(json.number("revision"), json.text("key"), json.text("body"));
      case "activity" ->
          new AuditLine.OfActivity(
              json.text("day"), json.text("key"), json.text("body"), json.text("hash"));
      case "review" ->
          new AuditLine.OfReview(json.text("review"), json.flag("settled"), json.text("body"));
      case "end" -> new AuditLine.End(json.number("lines"));
      default -> throw new IllegalArgumentException("type `" + type + "` is not known");
    };
  }

  private static AuditLine start(JsonObject json) {
    long version = json.number("grantwayAudit");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version " + version + " is not known: verify with the release that wrote it");
    }
    return new AuditLine.Start(
        ActivityJson.at(json), json.text("table"), json.number("head"), json.text("headHash"));
  }
}
