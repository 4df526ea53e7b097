package dev.grantway.admin.activity;

import dev.grantway.admin.changes.World;
import dev.grantway.audit.Ed25519Signer;
import java.nio.file.Path;
import java.util.Set;

/** Checkpoints as the app takes them, for tests of those who have them taken. */
public final class RealCheckpoints {
  private RealCheckpoints() {}

  public static Checkpoints into(Path folder, World world) {
    return new SignedCheckpoints(
        world.log,
        world.repository,
        Ed25519Signer.generate(),
        Set.of(),
        new FolderCopies(folder),
        world.clock);
  }
}
