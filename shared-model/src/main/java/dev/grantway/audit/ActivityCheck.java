package dev.grantway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.revision.Revision;
import dev.grantway.revision.Sha256;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Checks the chain of each writer of the activity log. */
final class ActivityCheck {
  private final Faults faults;
  private final Anchors anchors;
  private final ReviewCheck reviews;
  private final Map<String, Last> chains = new HashMap<>();
  private long count;

  /** The record of a writer that was read last. */
  private record Last(long seq, String hash, Instant at) {}

  /** What ties a record to its chain; other members may be those of a later release. */
  private record Link(String writer, long seq, Instant at, String previous) {
    static Link read(String body) {
      JsonObject json = CanonicalJson.read(body.getBytes(UTF_8));
      return new Link(
          json.text("writer"), json.number("seq"), ActivityJson.at(json), json.text("previous"));
    }

    String name() {
      return "activity " + writer + " " + seq;
    }
  }

  ActivityCheck(Faults faults, Anchors anchors, ReviewCheck reviews) {
    this.reviews = reviews;
    this.faults = faults;
    this.anchors = anchors;
  }

  void add(AuditLine.OfActivity line) {
    count++;
    Link link;
    try {
      link = Link.read(line.body());
    } catch (IllegalArgumentException damaged) {
      faults.add(
          "activity " + line.key(),
          "of " + line.day() + " cannot be read: " + damaged.getMessage());
      return;
    }
    reviews.recorded(link.name(), line.body());
    String hash = Sha256.hex(line.body().getBytes(UTF_8));
    if (!hash.equals(line.hash())) {
      faults.add(link.name(), "of " + link.at() + " was changed: its hash is another");
    }
    if (!stands(link, line)) {
      faults.add(
          link.name(), "stands under `" + line.day() + "`, `" + line.key() + "`, not in its place");
    }
    follows(link);
    anchors
        .againstRecord(link.writer(), link.seq(), hash)
        .forEach(
            by ->
                faults.add(
                    link.name(),
                    "of " + link.at() + " is not the one that " + by + " knows: rewritten"));
    chains.put(link.writer(), new Last(link.seq(), line.hash(), link.at()));
  }

  private static boolean stands(Link link, AuditLine.OfActivity line) {
    String tail = "#" + link.writer() + "#" + String.format("%010d", link.seq());
    String time =
        line.key().endsWith(tail)
            ? line.key().substring(0, line.key().length() - tail.length())
            : "";
    try {
      return Instant.parse(time).equals(link.at()) && time.startsWith(line.day() + "T");
    } catch (java.time.format.DateTimeParseException noTime) {
      return false;
    }
  }

  private void follows(Link link) {
    Last before = chains.getOrDefault(link.writer(), new Last(0, Revision.NO_HASH, Instant.EPOCH));
    if (link.seq() <= before.seq()) {
      faults.add(link.name(), "of " + link.at() + " is there twice or out of order");
    } else if (link.seq() > before.seq() + 1) {
      String missing =
          link.seq() == before.seq() + 2
              ? "activity " + link.writer() + " " + (before.seq() + 1)
              : "activity " + link.writer() + " " + (before.seq() + 1) + " to " + (link.seq() - 1);
      faults.add(missing, "is missing before the record of " + link.at());
    } else if (!link.previous().equals(before.hash())) {
      faults.add(
          before.seq() == 0 ? link.name() : "activity " + link.writer() + " " + before.seq(),
          before.seq() == 0
              ? "is the first of its chain but names a record before it"
              : "was changed or replaced: it is not the one that record "
                  + link.seq()
                  + " was written after");
    } else if (!link.at().isAfter(before.at())) {
      faults.add(link.name(), "of " + link.at() + " is not later than the record before it");
    }
  }

  long count() {
    return count;
  }

  long writers() {
    return chains.size();
  }

  /** How many records came after the last ones that checkpoints outside name. */
  long afterOutside() {
    return chains.entrySet().stream()
        .mapToLong(chain -> Math.max(0, chain.getValue().seq() - anchors.outsideOf(chain.getKey())))
        .sum();
  }
}
