package dev.grantway.admin.activity;

import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Joins all chains now and then, and notices what the table has lost since. */
public interface Checkpoints {

  /**
   * Takes a checkpoint if anything was recorded since the last one, and copies outside what is not
   * there yet. Never throws: what is not done is said in the app's own log and done next time.
   *
   * @return why something is left; empty: nothing is
   */
  Optional<String> take();

  /** What the table held once and holds no more; none while nothing is known to be missing. */
  Optional<Restored> restored();

  /**
   * The public keys that sign here or did before, as {@link dev.grantway.audit.PublicKeys} writes
   * them.
   */
  Set<String> keys();

  /** Whether copies are kept outside, as this process saw when it last took one; asks nobody. */
  boolean isCopied();

  /** All copies outside; a {@link StoreException} if they cannot be read. */
  List<SignedCheckpoint> copies();
}
