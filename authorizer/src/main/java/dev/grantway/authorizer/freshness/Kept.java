package dev.grantway.authorizer.freshness;

import dev.grantway.store.Assignments;
import dev.grantway.store.Bundle;
import java.util.Map;

/** Keeps of a shard what concerns one subject, so that holding many subjects stays small. */
final class Kept {
  private Kept() {}

  static Bundle<Assignments> only(String subject, Bundle<Assignments> shard) {
    var own = shard.value().orElse(Assignments.NONE).of(subject);
    var kept = own.isEmpty() ? Assignments.NONE : new Assignments(Map.of(subject, own));
    return new Bundle<>(shard.key(), shard.readAt(), shard.from(), kept);
  }
}
