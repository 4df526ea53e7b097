package dev.grantway.audit;

import dev.grantway.revision.Revision;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks signatures and the chain of checkpoints, and compares them with the copies outside. */
final class CheckpointCheck {
  private final Faults faults;
  private final Anchors anchors;
  private final Set<String> trusted;
  private final SortedMap<Long, SignedCheckpoint> outside = new TreeMap<>();
  private final Set<Long> met = new TreeSet<>();
  private final Set<String> keys = new TreeSet<>();
  private long count;
  private long last;
  private String lastHash = Revision.NO_HASH;
  private @Nullable Instant lastAt;

  CheckpointCheck(Faults faults, Anchors anchors, Set<String> trusted) {
    this.faults = faults;
    this.anchors = anchors;
    this.trusted = trusted;
  }

  /** Takes a copy that was kept outside. */
  void outside(SignedCheckpoint signed) {
    read("outside checkpoint", signed).ifPresent(it -> outside.put(it.number(), signed));
  }

  /** Takes what outside copies say of records, except those made after that instant. */
  void anchorOutside(Instant read) {
    outside.values().removeIf(it -> it.checkpoint().at().isAfter(read));
    outside.forEach(
        (number, it) -> anchors.add(it.checkpoint(), "outside checkpoint " + number, true));
  }

  void add(AuditLine.OfCheckpoint line) {
    count++;
    String name = "checkpoint " + line.key();
    Optional<Checkpoint> readable = read(name, line.signed());
    if (readable.isEmpty()) {
      return;
    }
    Checkpoint checkpoint = readable.get();
    String own = "checkpoint " + checkpoint.number();
    if (!line.key().equals(String.format("%010d", checkpoint.number()))) {
      faults.add(own, "stands under the key `" + line.key() + "` instead of its own");
    }
    follows(checkpoint, own);
    compare(checkpoint, line.signed(), own);
    anchors.add(checkpoint, own, false);
    last = checkpoint.number();
    lastHash = line.signed().hash();
    lastAt = checkpoint.at();
  }

  private void follows(Checkpoint checkpoint, String own) {
    if (checkpoint.number() <= last) {
      faults.add(own, "is there twice or out of order");
    } else if (!checkpoint.previousHash().equals(lastHash)) {
      faults.add(
          own,
          last == 0
              ? "is the first here but was taken after another: earlier ones are missing"
              : "was not taken after checkpoint " + last + ": one is missing, changed or inserted");
    }
  }

  private void compare(Checkpoint checkpoint, SignedCheckpoint signed, String own) {
    SignedCheckpoint copy = outside.get(checkpoint.number());
    if (copy != null && met.add(checkpoint.number()) && !copy.hash().equals(signed.hash())) {
      faults.add(own, "is not the one that was copied outside under this number");
    }
  }

  /** Reads it and checks its signature. */
  private Optional<Checkpoint> read(String name, SignedCheckpoint signed) {
    try {
      Checkpoint checkpoint = signed.checkpoint();
      if (!signed.isSigned()) {
        faults.add(name, "its signature is wrong: it was changed after it was signed");
      } else if (!trusted.isEmpty() && !trusted.contains(signed.key())) {
        faults.add(
            name, "is signed by key " + PublicKeys.id(signed.key()) + ", which is not trusted");
      }
      keys.add(signed.key());
      return Optional.of(checkpoint);
    } catch (IllegalArgumentException damaged) {
      faults.add(name, "cannot be read: " + damaged.getMessage());
      return Optional.empty();
    }
  }

  /** What is outside and not here. */
  void finish() {
    outside.keySet().stream()
        .filter(number -> !met.contains(number))
        .forEach(
            number ->
                faults.add(
                    "outside checkpoint " + number,
                    "is not here any more: the table was restored to an earlier time, or"
                        + " checkpoints were removed"));
  }

  long count() {
    return count;
  }

  List<String> facts() {
    var facts = new ArrayList<String>();
    if (lastAt != null) {
      facts.add("the last checkpoint here is number " + last + ", taken at " + lastAt);
    }
    if (!outside.isEmpty()) {
      facts.add(
          "checkpoints kept outside: "
              + outside.size()
              + ", the last of them number "
              + outside.lastKey()
              + ", taken at "
              + outside.sequencedValues().getLast().checkpoint().at());
    }
    for (String key : keys) {
      facts.add(
          "key "
              + PublicKeys.id(key)
              + (trusted.contains(key) ? " was trusted as given" : " came with the records"));
    }
    return facts;
  }

  boolean hasOutside() {
    return !outside.isEmpty();
  }

  boolean trustsGivenKeys() {
    return !trusted.isEmpty();
  }
}
