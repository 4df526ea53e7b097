package dev.grantway.admin.changes;

import java.util.Collection;
import java.util.Optional;
import java.util.Set;

/**
 * What a caller saw of a draft, or of something else that has a hash, before asking for something
 * to be done to it.
 *
 * @param hashes of a draft {@link DraftState#hash}, of every state that will do, perhaps of none;
 *     empty: whatever it is by now
 */
public record AsSeen(Optional<Set<String>> hashes) {
  /** However the draft stands. */
  public static final AsSeen WHATEVER = new AsSeen(Optional.empty());

  /** One of these states; of none, nothing will do. */
  public static AsSeen oneOf(Collection<String> hashes) {
    return new AsSeen(Optional.of(Set.copyOf(hashes)));
  }

  boolean isAnything() {
    return hashes.isEmpty();
  }

  boolean takes(DraftState state) {
    return takes(state.hash());
  }

  /** Whether a state of that hash is one that was seen. */
  public boolean takes(String hash) {
    return hashes.map(these -> these.contains(hash)).orElse(true);
  }
}
