package dev.grantway.audit;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Sha256;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What joins all chains at one time: whoever holds it knows what the table held then.
 *
 * @param number from 1; skips what an outside folder holds and a restored table has lost
 * @param at in whole milliseconds
 * @param revision the number of the live revision; 0 before the first
 * @param revisionHash the hash of its record
 * @param chains the last record of every chain that has grown since the checkpoint before, by
 *     writer; others stand as earlier checkpoints say
 * @param previousHash the hash of the checkpoint before; {@code Revision.NO_HASH} for the first
 */
public record Checkpoint(
    long number,
    Instant at,
    long revision,
    String revisionHash,
    SortedMap<String, Tip> chains,
    String previousHash) {

  public Checkpoint {
    if (number < 1) {
      throw new IllegalArgumentException("checkpoints are numbered from 1, got " + number);
    }
    chains = Collections.unmodifiableSortedMap(new TreeMap<>(chains));
  }

  /** The hash of its canonical form, in lower-case hexadecimal. */
  public String hash() {
    return Sha256.hex(write());
  }

  /** Its canonical form, which is what gets signed. */
  public byte[] write() {
    return CanonicalJson.write(
        json -> {
          json.writeStartObject();
          json.writeNumberField("number", number);
          json.writeStringField("at", at.toString());
          json.writeNumberField("revision", revision);
          json.writeStringField("revisionHash", revisionHash);
          json.writeArrayFieldStart("chains");
          for (Map.Entry<String, Tip> chain : chains.entrySet()) {
            json.writeStartObject();
            json.writeStringField("writer", chain.getKey());
            json.writeNumberField("seq", chain.getValue().seq());
            json.writeStringField("hash", chain.getValue().hash());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeStringField("previous", previousHash);
          json.writeEndObject();
        });
  }

  /** Reads what {@link #write} wrote; anything else is an {@link IllegalArgumentException}. */
  public static Checkpoint read(byte[] bytes) {
    return CanonicalJson.read(bytes)
        .as(
            json ->
                new Checkpoint(
                    json.number("number"),
                    ActivityJson.at(json),
                    json.number("revision"),
                    json.text("revisionHash"),
                    chains(json),
                    json.text("previous")));
  }

  private static SortedMap<String, Tip> chains(JsonObject json) {
    var chains = new TreeMap<String, Tip>();
    json.objects(
            "chains",
            chain ->
                Map.entry(chain.text("writer"), new Tip(chain.number("seq"), chain.text("hash"))))
        .forEach(chain -> chains.put(chain.getKey(), chain.getValue()));
    return chains;
  }
}
