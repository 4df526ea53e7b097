package dev.grantway.report.pack;

import dev.grantway.report.About;
import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a pack is, inside it as {@code manifest.json}.
 *
 * @param filter what was asked for by name; empty: everything
 * @param revision the policy data are of
 * @param revisionHash the hash of that revision's record
 * @param at the instant at which permissions must not have been over
 * @param memberships by which list members of groups are known, as {@link GrantReport#members} says
 *     it; empty, and not written, where that was not asked
 * @param rows how many grant rows there are
 * @param by who exported it
 * @param created when that began
 * @param parts in their order
 */
record PackManifest(
    Map<String, String> filter,
    long revision,
    String revisionHash,
    Instant at,
    String memberships,
    long rows,
    String by,
    Instant created,
    List<Part> parts) {
  private static final long VERSION = 1;

  /**
   * A file of the pack.
   *
   * @param sha256 in lower-case hexadecimal
   */
  record Part(String file, long bytes, String sha256) {}

  PackManifest {
    filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
    parts = List.copyOf(parts);
  }

  About about() {
    return new About(revision, revisionHash, at, filter, memberships, by, created);
  }

  byte[] write() {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeNumberField("grantwayPack", VERSION);
          json.writeObjectFieldStart("filter");
          for (Map.Entry<String, String> part : filter.entrySet()) {
            json.writeStringField(part.getKey(), part.getValue());
          }
          json.writeEndObject();
          json.writeNumberField("revision", revision);
          json.writeStringField("revisionHash", revisionHash);
          json.writeStringField("at", at.toString());
          if (!memberships.isEmpty()) {
            json.writeStringField("memberships", memberships);
          }
          json.writeNumberField("rows", rows);
          json.writeStringField("by", by);
          json.writeStringField("created", created.toString());
          json.writeArrayFieldStart("parts");
          for (Part part : parts) {
            json.writeStartObject();
            json.writeStringField("file", part.file());
            json.writeNumberField("bytes", part.bytes());
            json.writeStringField("sha256", part.sha256());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
  static PackManifest read(byte[] bytes) {
    return CanonicalJson.read(bytes).as(PackManifest::read);
  }

  private static PackManifest read(JsonObject json) {
    long version = json.number("grantwayPack");
    if (version != VERSION) {
      throw new IllegalArgumentException(
          "version " + version + " is not known: verify with the release that wrote it");
    }
    return new PackManifest(
        json.object("filter").map(PackManifest::filter).orElse(Map.of()),
        json.number("revision"),
        json.text("revisionHash"),
        json.requiredInstant("at"),
        json.textOr("memberships", ""),
        json.number("rows"),
        json.text("by"),
        json.requiredInstant("created"),
        json.objects(
            "parts", it -> new Part(it.text("file"), it.number("bytes"), it.text("sha256"))));
  }

  private static Map<String, String> filter(JsonObject json) {
    var filter = new LinkedHashMap<String, String>();
    json.names().forEach(name -> filter.put(name, json.text(name)));
    return filter;
  }
}
