package dev.grantway.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.LoggedChange;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RevisionJson;
import dev.grantway.revision.Sha256;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks the chain of revisions, and each record against the changes it stands for (REV-06). */
final class RevisionCheck {
  private final Faults faults;
  private final Anchors anchors;
  private long last;
  private String lastHash = Revision.NO_HASH;
  private Instant lastAt = Instant.EPOCH;
  private long count;
  private long changes;
  private @Nullable Open open;

  RevisionCheck(Faults faults, Anchors anchors) {
    this.faults = faults;
    this.anchors = anchors;
  }

  /** A record whose packs are being read. */
  private static final class Open {
    final Revision revision;
    final RevisionJson.Root root = new RevisionJson.Root();
    final MessageDigest packs = Sha256.digest();
    long changes;
    String lastKey = "";
    boolean isFaulty;

    Open(Revision revision) {
      this.revision = revision;
    }
  }

  void add(AuditLine.OfRevision line) {
    close();
    count++;
    Revision revision;
    try {
      revision = RevisionJson.read(line.body().getBytes(UTF_8));
    } catch (IllegalArgumentException damaged) {
      faults.add("revision " + line.key(), "its record cannot be read: " + damaged.getMessage());
      return;
    }
    String own = name(revision.number());
    String hash = Sha256.hex(line.body().getBytes(UTF_8));
    if (!line.key().equals(String.format("%010d", revision.number()))) {
      faults.add(own, "its record stands under the key `" + line.key() + "` instead of its own");
    }
    follows(revision);
    anchors
        .againstRevision(revision.number(), hash)
        .forEach(
            by -> faults.add(own, "its record is not the one that " + by + " knows: rewritten"));
    last = revision.number();
    lastHash = hash;
    lastAt = revision.at();
    open = new Open(revision);
  }

  private void follows(Revision next) {
    String own = name(next.number());
    if (next.number() <= last) {
      faults.add(own, "its record is there twice or out of order");
    } else if (next.base() > last) {
      faults.add(
          name(next.base()), "its record is missing: revision " + next.number() + " follows it");
    } else if (next.base() < last) {
      faults.add(
          name(last),
          "is no part of the chain: revision "
              + next.number()
              + " was published on "
              + next.base());
    } else if (!next.previousHash().equals(lastHash)) {
      faults.add(
          last == 0 ? own : name(last),
          last == 0
              ? "is the first but names a record before it"
              : "its record was changed: it is not the one that revision "
                  + next.number()
                  + " was published on");
    } else if (!next.at().isAfter(lastAt)) {
      faults.add(own, "is not later than the revision before it");
    }
  }

  void add(AuditLine.OfPack line) {
    Open current = open;
    if (current == null || current.revision.number() != line.revision()) {
      faults.add(name(line.revision()), "has changes but no record before them");
      return;
    }
    byte[] body = line.body().getBytes(UTF_8);
    current.packs.update(body);
    if (line.key().compareTo(current.lastKey) <= 0) {
      fault(current, "its changes are out of order");
    }
    current.lastKey = line.key();
    try {
      List<LoggedChange> read = RevisionJson.readPack(body, line.revision());
      read.forEach(it -> current.root.add(it.change(), it.beforeSince()));
      current.changes += read.size();
    } catch (IllegalArgumentException damaged) {
      fault(current, "its changes from `" + line.key() + "` on cannot be read");
    }
  }

  /** One fault of a revision's changes says enough. */
  private void fault(Open of, String why) {
    if (!of.isFaulty) {
      of.isFaulty = true;
      faults.add(name(of.revision.number()), why);
    }
  }

  private void close() {
    Open current = open;
    open = null;
    if (current == null) {
      return;
    }
    changes += current.changes;
    Revision revision = current.revision;
    if (current.changes != revision.changes()) {
      fault(
          current,
          "its record counts " + revision.changes() + " changes, here are " + current.changes);
    }
    boolean same =
        current.root.hex().equals(revision.root())
            && HexFormat.of().formatHex(current.packs.digest()).equals(revision.packsHash());
    if (!same) {
      fault(current, "its changes are not those that its record was made of");
    }
  }

  void finish(long head, String headHash) {
    close();
    if (last < head) {
      faults.add(name(head), "its record is missing, though head names it");
    } else if (last > head) {
      faults.add(name(last), "its record is later than head, which names " + head);
    } else if (!lastHash.equals(headHash)) {
      faults.add(name(head), "its record is not the one that head names: changed");
    }
  }

  private static String name(long number) {
    return "revision " + number;
  }

  long count() {
    return count;
  }

  long changes() {
    return changes;
  }

  long last() {
    return last;
  }
}
