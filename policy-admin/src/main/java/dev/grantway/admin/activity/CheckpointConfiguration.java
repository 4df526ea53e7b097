package dev.grantway.admin.activity;

import dev.grantway.audit.Ed25519Signer;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.PolicyRepository;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Checkpoints as the settings say; tests bring their own. */
@Configuration
@Profile("!memory")
class CheckpointConfiguration {
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointConfiguration.class);

  /** A key that cannot be read ends the start: checkpoints would be missing unnoticed. */
  @Bean
  Checkpoints checkpoints(
      ActivityLog log, PolicyRepository policy, CheckpointSettings settings, Clock clock)
      throws IOException {
    CheckpointCopies copies =
        settings.folder().isEmpty()
            ? CheckpointCopies.NONE
            : new FolderCopies(Path.of(settings.folder()));
    if (settings.key().isEmpty()) {
      LOG.warn("no checkpoints are taken: set GRANTWAY_CHECKPOINT_KEY to the file of their key");
      return new SignedCheckpoints(log, policy, null, copies, clock);
    }
    Ed25519Signer signer = KeyFile.open(Path.of(settings.key()));
    return new SignedCheckpoints(log, policy, signer, copies, clock);
  }
}
