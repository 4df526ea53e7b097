package dev.grantway.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What checkpoints say of records, until the records are read. */
final class Anchors {
  /** A hash that a record must have, and which checkpoint says so. */
  private record Anchor(String hash, String by) {}

  private final Map<Long, List<Anchor>> revisions = new TreeMap<>();
  private final Map<String, Map<Long, List<Anchor>>> chains = new TreeMap<>();
  private final Map<String, Long> outside = new HashMap<>();
  private long outsideRevision;

  /**
   * Takes what a checkpoint says.
   *
   * @param by how to call it
   * @param isOutside whether it was kept where whoever changes the table cannot reach it
   */
  void add(Checkpoint checkpoint, String by, boolean isOutside) {
    if (checkpoint.revision() > 0) {
      add(revisions, checkpoint.revision(), checkpoint.revisionHash(), by);
    }
    checkpoint
        .chains()
        .forEach(
            (writer, tip) -> {
              add(
                  chains.computeIfAbsent(writer, key -> new TreeMap<>()),
                  tip.seq(),
                  tip.hash(),
                  by);
              if (isOutside) {
                outside.merge(writer, tip.seq(), Math::max);
              }
            });
    if (isOutside) {
      outsideRevision = Math.max(outsideRevision, checkpoint.revision());
    }
  }

  private static void add(Map<Long, List<Anchor>> map, long number, String hash, String by) {
    List<Anchor> anchors = map.computeIfAbsent(number, key -> new ArrayList<>());
    if (anchors.stream().noneMatch(it -> it.hash().equals(hash))) {
      anchors.add(new Anchor(hash, by));
    }
  }

  /** The checkpoint that knows another record of that number; empty if none does. */
  List<String> againstRevision(long number, String hash) {
    return against(revisions, number, hash);
  }

  List<String> againstRecord(String writer, long seq, String hash) {
    Map<Long, List<Anchor>> chain = chains.get(writer);
    return chain == null ? List.of() : against(chain, seq, hash);
  }

  private static List<String> against(Map<Long, List<Anchor>> map, long number, String hash) {
    List<Anchor> anchors = map.remove(number);
    return anchors == null
        ? List.of()
        : anchors.stream().filter(it -> !it.hash().equals(hash)).map(Anchor::by).toList();
  }

  /**
   * Records that checkpoints name and that were not read: what to call them, and who names them.
   */
  Map<String, String> missing() {
    var missing = new LinkedHashMap<String, String>();
    revisions.forEach(
        (number, anchors) -> missing.put("revision " + number, anchors.getFirst().by()));
    chains.forEach(
        (writer, chain) ->
            chain.forEach(
                (seq, anchors) ->
                    missing.put("activity " + writer + " " + seq, anchors.getFirst().by())));
    return missing;
  }

  /** The last record of a writer that a checkpoint outside names; 0 if none does. */
  long outsideOf(String writer) {
    return outside.getOrDefault(writer, 0L);
  }

  long outsideRevision() {
    return outsideRevision;
  }
}
