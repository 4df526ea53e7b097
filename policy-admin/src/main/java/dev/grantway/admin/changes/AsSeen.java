package dev.grantway.admin.changes;

import java.util.Collection;
import java.util.Set;

/**
 * What a caller saw of a draft before asking for something to be done to it.
 *
 * @param hashes {@link DraftState#hash} of every state that will do; none: whatever it is by now
 */
public record AsSeen(Set<String> hashes) {
  /** However the draft stands. */
  public static final AsSeen WHATEVER = new AsSeen(Set.of());

  public AsSeen {
    hashes = Set.copyOf(hashes);
  }

  /** One of these states. */
  public static AsSeen oneOf(Collection<String> hashes) {
    return new AsSeen(Set.copyOf(hashes));
  }

  boolean isAnything() {
    return hashes.isEmpty();
  }

  boolean takes(DraftState state) {
    return isAnything() || hashes.contains(state.hash());
  }
}
