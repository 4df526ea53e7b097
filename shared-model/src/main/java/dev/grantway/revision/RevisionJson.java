package dev.grantway.revision;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Revision records and changes in canonical form, and the hashes over them. */
public final class RevisionJson {
  private static final byte[] PACK_BEGINS = "{\"changes\":[".getBytes(UTF_8);
  private static final byte[] PACK_ENDS = "]}".getBytes(UTF_8);

  private RevisionJson() {}

  public static byte[] write(Revision revision) {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeNumberField("number", revision.number());
          json.writeNumberField("base", revision.base());
          json.writeStringField("at", revision.at().toString());
          json.writeStringField("operator", revision.operator());
          json.writeArrayFieldStart("approvers");
          for (String approver : revision.approvers()) {
            json.writeString(approver);
          }
          json.writeEndArray();
          json.writeStringField("reason", revision.reason());
          json.writeStringField("draft", revision.draft());
          json.writeNumberField("changes", revision.changes());
          json.writeStringField("previous", revision.previousHash());
          json.writeStringField("root", revision.root());
          json.writeStringField("packs", revision.packsHash());
          if (revision.breakGlass()) {
            json.writeBooleanField("breakGlass", true);
          }
          json.writeEndObject();
        });
  }

  public static Revision read(byte[] bytes) {
    return CanonicalJson.read(bytes)
        .as(
            json ->
                new Revision(
                    json.number("number"),
                    json.number("base"),
                    json.requiredInstant("at"),
                    json.text("operator"),
                    json.texts("approvers"),
                    json.text("reason"),
                    json.text("draft"),
                    json.number("changes"),
                    json.text("previous"),
                    json.text("root"),
                    json.text("packs"),
                    json.has("breakGlass") && json.flag("breakGlass")));
  }

  /** Writes a change as one object; {@code since} is left out where it is 0. */
  public static void writeChange(JsonGenerator json, Change change, long since) throws IOException {
    json.writeStartObject();
    if (change.before().isPresent()) {
      json.writeFieldName("before");
      RowJson.write(json, change.before().get());
    }
    if (change.after().isPresent()) {
      json.writeFieldName("after");
      RowJson.write(json, change.after().get());
    }
    if (since > 0) {
      json.writeNumberField("since", since);
    }
    json.writeEndObject();
  }

  /** One change by itself: what {@link Root} takes. */
  public static byte[] write(Change change, long since) {
    return CanonicalJson.write(json -> writeChange(json, change, since));
  }

  public static LoggedChange readChange(JsonObject json, long revision) {
    Optional<PolicyRow> before = json.object("before").map(RowJson::read);
    Optional<PolicyRow> after = json.object("after").map(RowJson::read);
    RowKey key =
        before
            .or(() -> after)
            .orElseThrow(() -> new IllegalArgumentException("a change of nothing"))
            .key();
    return new LoggedChange(
        revision,
        new Change(key, before.orElse(null), after.orElse(null)),
        json.numberOr("since", 0));
  }

  /** Some changes that are in canonical form already, as one object. */
  public static byte[] writePack(List<byte[]> changes) {
    int size = PACK_BEGINS.length + PACK_ENDS.length + changes.size();
    for (byte[] change : changes) {
      size += change.length;
    }
    var pack = new ByteArrayOutputStream(size);
    pack.writeBytes(PACK_BEGINS);
    for (int i = 0; i < changes.size(); i++) {
      if (i > 0) {
        pack.write(',');
      }
      pack.writeBytes(changes.get(i));
    }
    pack.writeBytes(PACK_ENDS);
    return pack.toByteArray();
  }

  public static List<LoggedChange> readPack(byte[] bytes, long revision) {
    return CanonicalJson.read(bytes)
        .as(json -> json.objects("changes", change -> readChange(change, revision)));
  }

  /** The SHA-256 root over changes given in key order (REV-06), each line ended by a newline. */
  public static final class Root {
    private final MessageDigest digest = Sha256.digest();

    public void add(Change change, long since) {
      add(write(change, since));
    }

    /** Adds a change that is in canonical form already. */
    public void add(byte[] line) {
      digest.update(line);
      digest.update((byte) '\n');
    }

    public String hex() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  static String draftHash(String baseHash, List<Change> changes) {
    byte[] lines =
        CanonicalJson.write(
            json -> {
              json.writeStartArray();
              for (Change change : changes) {
                writeChange(json, change, 0);
              }
              json.writeEndArray();
            });
    return Sha256.hex((baseHash + "\n").getBytes(UTF_8), lines);
  }
}
