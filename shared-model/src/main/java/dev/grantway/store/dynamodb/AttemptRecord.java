package dev.grantway.store.dynamodb;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Publication;
import dev.grantway.revision.Revision;
import dev.grantway.store.BundleKey;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a publish attempt says of itself: with its packs enough for anybody to complete it, and to
 * sweep it up.
 *
 * @param publication who, why and on what base; its changes stand in the packs
 * @param at when it is published if it wins: fixed before anything of it is written, so that all
 *     who complete it write the same
 * @param sealOrNull null until every pack is written
 */
record AttemptRecord(
    long number, Publication publication, Instant at, long changes, @Nullable Seal sealOrNull) {

  /**
   * What holds once all packs are written.
   *
   * @param root over the changes in key order (REV-06)
   * @param packsHash over the bodies of the packs, in order
   * @param keys every bundle that is written; empty where key lists of their own hold them
   * @param keyLists how many such lists there are
   */
  record Seal(String root, String packsHash, List<BundleKey> keys, int keyLists) {
    Seal {
      keys = List.copyOf(keys);
    }
  }

  Optional<Seal> seal() {
    return Optional.ofNullable(sealOrNull);
  }

  AttemptRecord sealed(Seal seal) {
    return new AttemptRecord(number, publication, at, changes, seal);
  }

  /** The record of the revision that it becomes. */
  Revision revision() {
    Seal seal = seal().orElseThrow();
    return new Revision(
        number,
        publication.base(),
        at,
        publication.operator(),
        publication.approvers(),
        publication.reason(),
        publication.draft(),
        changes,
        publication.baseHash(),
        seal.root(),
        seal.packsHash(),
        publication.breakGlass());
  }

  byte[] write() {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeNumberField("base", publication.base());
          json.writeStringField("baseHash", publication.baseHash());
          json.writeStringField("operator", publication.operator());
          json.writeArrayFieldStart("approvers");
          for (String approver : publication.approvers()) {
            json.writeString(approver);
          }
          json.writeEndArray();
          json.writeStringField("reason", publication.reason());
          json.writeStringField("draft", publication.draft());
          if (publication.breakGlass()) {
            json.writeBooleanField("breakGlass", true);
          }
          json.writeStringField("at", at.toString());
          json.writeNumberField("changes", changes);
          if (sealOrNull != null) {
            json.writeStringField("root", sealOrNull.root());
            json.writeStringField("packs", sealOrNull.packsHash());
            json.writeNumberField("keyLists", sealOrNull.keyLists());
            json.writeArrayFieldStart("keys");
            for (BundleKey key : sealOrNull.keys()) {
              json.writeString(key.toString());
            }
            json.writeEndArray();
          }
          json.writeEndObject();
        });
  }

  static AttemptRecord read(long number, JsonObject json) {
    var publication =
        new Publication(
            List.of(),
            json.number("base"),
            json.text("baseHash"),
            json.text("operator"),
            json.texts("approvers"),
            json.text("reason"),
            json.text("draft"),
            json.has("breakGlass") && json.flag("breakGlass"));
    return new AttemptRecord(
        number,
        publication,
        json.requiredInstant("at"),
        json.number("changes"),
        json.has("root")
            ? new Seal(
                json.text("root"),
                json.text("packs"),
                json.texts("keys").stream().map(AttemptRecord::key).toList(),
                Math.toIntExact(json.number("keyLists")))
            : null);
  }

  /** Reads what {@link BundleKey#toString} wrote: neither part holds a space. */
  static BundleKey key(String text) {
    int space = text.indexOf(' ');
    return new BundleKey(text.substring(0, space), text.substring(space + 1));
  }
}
