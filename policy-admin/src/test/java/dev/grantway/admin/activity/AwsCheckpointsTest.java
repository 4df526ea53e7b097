package dev.grantway.admin.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.World;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.Checkpoint;
import dev.grantway.audit.Ed25519Signer;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Tip;
import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Checkpoints signed by KMS and copied to S3, as far as it can be tried without AWS. */
class AwsCheckpointsTest {
  private static final String KEY = "alias/checkpoints";
  private final World world = new World();
  private final InMemoryActivity log = new InMemoryActivity(world.clock);
  private FakeAws aws;

  @BeforeEach
  void awsIsThere() throws IOException {
    aws = new FakeAws();
  }

  @AfterEach
  void itGoes() {
    aws.close();
  }

  private CheckpointCopies copies() {
    return BucketCopies.open("evidence/grantway", aws.settings());
  }

  /** Over a table in which something was recorded. */
  private SignedCheckpoints checkpoints() throws IOException {
    log.append(ActivityEntry.clipped("ana", ActivityKind.EXPORT, "grants", Map.of()));
    return new SignedCheckpoints(
        log,
        InMemoryPolicy.of(Policy.EMPTY, world.clock),
        KmsSigner.open(KEY, aws.settings()),
        Set.of(),
        copies(),
        world.clock);
  }

  private static SignedCheckpoint signed(long number, SignedCheckpoint.Signer signer) {
    return SignedCheckpoint.sign(
        new Checkpoint(number, Instant.EPOCH, 0, "h", new TreeMap<>(), "p"), signer);
  }

  @Test
  void aCheckpointIsSignedByTheKeyAndCopiedToTheBucket() throws IOException {
    SignedCheckpoints checkpoints = checkpoints();
    checkpoints.take();
    SignedCheckpoint copy = copies().newest(1).getFirst();
    assertThat(copy.key()).isEqualTo(aws.key.key());
    assertThat(copy.isSigned()).isTrue();
    assertThat(log.lastCheckpoint()).hasValue(copy);
    assertThat(aws.objects).containsOnlyKeys("evidence/grantway/checkpoint-0000000001.json");
    assertThat(checkpoints.restored()).isEmpty();
  }

  /** KMS signs 4,096 bytes at most; a checkpoint names every chain that grew. */
  @Test
  void manyChainsAreSignedToo() throws IOException {
    var chains = new TreeMap<String, Tip>();
    for (int i = 0; i < 500; i++) {
      chains.put("writer-" + i, new Tip(i + 1, "ab".repeat(32)));
    }
    var checkpoint = new Checkpoint(1, Instant.EPOCH, 0, "h", chains, "p");
    assertThat(checkpoint.write()).hasSizeGreaterThan(4096);
    assertThat(SignedCheckpoint.sign(checkpoint, KmsSigner.open(KEY, aws.settings())).isSigned())
        .isTrue();
  }

  @Test
  void aKeyThatCannotSignEndsTheStart() {
    assertThatThrownBy(() -> KmsSigner.open("alias/other", aws.settings()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("alias/other");
  }

  /** What cannot be signed or copied now is said in the log and done the next time. */
  @Test
  void anOutageIsMadeUpFor() throws IOException {
    SignedCheckpoints checkpoints = checkpoints();
    aws.down = true;
    assertThat(checkpoints.take()).as("why it is left").isPresent();
    assertThat(log.lastCheckpoint()).isEmpty();
    aws.down = false;
    world.pass(Duration.ofHours(1));
    assertThat(checkpoints.take()).isEmpty();
    assertThat(aws.objects).hasSize(1);
  }

  @Test
  void aCopyIsNeverOverwritten() throws IOException {
    SignedCheckpoint one = signed(7, aws.key);
    copies().copy(one);
    copies().copy(one);
    SignedCheckpoint other = signed(7, Ed25519Signer.generate());
    assertThatThrownBy(() -> copies().copy(other))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another checkpoint");
    assertThat(copies().newest(5)).containsExactly(one);
  }

  @Test
  void theNewestAreFoundAmongManyAndReadOnce() throws IOException {
    CheckpointCopies copies = copies();
    for (int i = 1; i <= 1003; i++) {
      aws.objects.put(
          "evidence/grantway/" + CheckpointCopies.name(i), signed(i, aws.key).line() + "\n");
    }
    copies.copy(signed(1004, aws.key));
    copies.copy(signed(1005, aws.key));
    aws.objects.put("evidence/grantway/notes.txt", "no copy");
    assertThat(copies.newest(2))
        .extracting(it -> it.checkpoint().number())
        .containsExactly(1004L, 1005L);
    aws.asked.clear();
    copies.copy(signed(1006, aws.key));
    assertThat(copies.newest(2))
        .extracting(it -> it.checkpoint().number())
        .containsExactly(1005L, 1006L);
    assertThat(aws.asked)
        .containsExactly(
            "PUT /evidence/grantway/checkpoint-0000001006.json",
            "GET /evidence",
            "GET /evidence/grantway/checkpoint-0000001006.json");
    aws.objects.put("evidence/grantway/checkpoint-0000001006.json", "{}");
    assertThatThrownBy(() -> copies.newest(2))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("s3://evidence/grantway/checkpoint-0000001006.json");
  }
}
