package dev.grantway.admin.activity;

import dev.grantway.audit.PublicKeys;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.dynamodb.AwsSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Checkpoints as the settings say; tests bring their own. */
@Configuration
@Profile("!memory")
class CheckpointConfiguration {
  private static final String KMS = "kms:";
  private static final String S3 = "s3://";
  private static final Logger LOG = LoggerFactory.getLogger(CheckpointConfiguration.class);

  /** A key that cannot be read ends the start: checkpoints would be missing unnoticed. */
  @Bean
  Checkpoints checkpoints(
      ActivityLog log, PolicyRepository policy, CheckpointSettings settings, Clock clock)
      throws IOException {
    var aws = new AwsSettings(System.getenv());
    CheckpointCopies copies = copies(settings.folder(), aws);
    Set<String> earlier = earlier(settings.earlier());
    if (settings.key().isEmpty()) {
      LOG.warn("no checkpoints are taken: set GRANTWAY_CHECKPOINT_KEY to their key");
      return new SignedCheckpoints(log, policy, null, earlier, copies, clock);
    }
    return new SignedCheckpoints(log, policy, signer(settings.key(), aws), earlier, copies, clock);
  }

  private static Set<String> earlier(List<Path> files) throws IOException {
    var keys = new HashSet<String>();
    for (Path file : files) {
      keys.add(PublicKeys.fromPem(Files.readString(file)));
    }
    return keys;
  }

  private static SignedCheckpoint.Signer signer(String key, AwsSettings aws) throws IOException {
    return key.startsWith(KMS)
        ? KmsSigner.open(key.substring(KMS.length()), aws)
        : KeyFile.open(Path.of(key));
  }

  private static CheckpointCopies copies(String folder, AwsSettings aws) {
    if (folder.isEmpty()) {
      return CheckpointCopies.NONE;
    }
    return folder.startsWith(S3)
        ? BucketCopies.open(folder.substring(S3.length()), aws)
        : new FolderCopies(Path.of(folder));
  }
}
