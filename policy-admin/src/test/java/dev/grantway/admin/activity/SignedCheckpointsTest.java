package dev.grantway.admin.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.World;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.AuditReport;
import dev.grantway.audit.Checkpoint;
import dev.grantway.audit.Ed25519Signer;
import dev.grantway.audit.PublicKeys;
import dev.grantway.audit.SignedCheckpoint;
import dev.grantway.audit.Verification;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.Head;
import dev.grantway.store.InMemoryActivity;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Checkpoints join all chains, are copied outside once, and tell when the table went back. */
class SignedCheckpointsTest {
  private final World world = new World();
  private final Ed25519Signer signer = Ed25519Signer.generate();
  @TempDir private Path folder;

  /** A table in memory, and the checkpoints over it. */
  private final class Table {
    final InMemoryPolicy policy = InMemoryPolicy.of(Policy.EMPTY, world.clock);
    final InMemoryActivity log = new InMemoryActivity(world.clock);

    SignedCheckpoints checkpoints(CheckpointCopies copies) {
      return new SignedCheckpoints(log, policy, signer, Set.of(), copies, world.clock);
    }

    void publish(String role) {
      add(policy, role);
    }

    void act() {
      log.append(ActivityEntry.clipped("ana", ActivityKind.EXPORT, "grants", Map.of()));
    }

    AuditReport verify(List<SignedCheckpoint> copies) {
      return Verification.of(
          new InMemoryAudit(policy, log, world.clock), Set.of(signer.key()), copies);
    }
  }

  private static void add(PolicyRepository policy, String role) {
    Head head = policy.head();
    var added = new Role(role, new RoleName(role), "", "", new TreeSet<>());
    assertThat(
            policy.publish(
                new Publication(
                    List.of(Change.add(new PolicyRow.OfRole(added))),
                    head.revision(),
                    head.hash(),
                    "ana",
                    List.of(),
                    "why",
                    "")))
        .isInstanceOf(PublishResult.Published.class);
  }

  private FolderCopies copies() {
    return new FolderCopies(folder.resolve("copies"));
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("copies"))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void copiesAreOutsideOnceOneWasTakenAndThereIsAPlaceForThem() {
    var table = new Table();
    table.act();
    SignedCheckpoints outside = table.checkpoints(copies());
    assertThat(outside.isCopied()).isFalse();
    outside.take();
    assertThat(outside.isCopied()).isTrue();
    SignedCheckpoints nowhere = table.checkpoints(CheckpointCopies.NONE);
    nowhere.take();
    assertThat(nowhere.isCopied()).isFalse();
  }

  @Test
  void oneIsTakenOnlyWhereSomethingWasRecorded() throws IOException {
    var table = new Table();
    SignedCheckpoints checkpoints = table.checkpoints(copies());
    table.act();
    table.publish("a");
    checkpoints.take();
    checkpoints.take();
    assertThat(files()).containsExactly("checkpoint-0000000001.json");
    world.pass(Duration.ofSeconds(1));
    table.act();
    checkpoints.take();
    table.publish("b");
    checkpoints.take();
    assertThat(files())
        .containsExactly(
            "checkpoint-0000000001.json",
            "checkpoint-0000000002.json",
            "checkpoint-0000000003.json");
    AuditReport report = table.verify(copies().newest(9));
    assertThat(report.faults()).isEmpty();
    assertThat(report.checkpoints()).isEqualTo(3);
    assertThat(report.unproved().getFirst()).contains("0 activity records");
    Checkpoint last = copies().newest(1).getFirst().checkpoint();
    assertThat(last.revision()).isEqualTo(2);
    assertThat(last.chains()).hasSize(1);
  }

  @Test
  void copiesThatCouldNotBeMadeAreMadeTheNextTime() throws IOException {
    var table = new Table();
    table.act();
    Files.writeString(folder.resolve("copies"), "a file where the folder should be");
    assertThat(table.checkpoints(copies()).take()).as("why it is left").isPresent();
    Files.delete(folder.resolve("copies"));
    assertThat(table.checkpoints(copies()).take()).isEmpty();
    assertThat(files()).containsExactly("checkpoint-0000000001.json");
  }

  @Test
  void aCopyIsNeverOverwritten() throws IOException {
    var checkpoint = new Checkpoint(7, Instant.EPOCH, 0, "h", new TreeMap<>(), "p");
    SignedCheckpoint one = SignedCheckpoint.sign(checkpoint, signer);
    SignedCheckpoint other = SignedCheckpoint.sign(checkpoint, Ed25519Signer.generate());
    copies().copy(one);
    copies().copy(one);
    assertThatThrownBy(() -> copies().copy(other)).isInstanceOf(IOException.class);
    assertThat(copies().newest(5)).containsExactly(one);
    assertThat(files()).containsExactly("checkpoint-0000000007.json");
  }

  @Test
  void aRestoredTableIsNoticedByTheCopiesOutside() throws IOException {
    var table = new Table();
    table.act();
    table.publish("a");
    table.checkpoints(copies()).take();
    assertThat(table.checkpoints(copies()).restored()).isEmpty();
    table.publish("b");
    world.pass(Duration.ofSeconds(1));
    table.checkpoints(copies()).take();
    var restored = new Table();
    restored.publish("a");
    SignedCheckpoints after = restored.checkpoints(copies());
    Restored found = after.restored().orElseThrow();
    assertThat(found.checkpoint()).isEqualTo(2);
    assertThat(found.revision()).isEqualTo(2);
    assertThat(found.head()).isEqualTo(1);
    after.take();
    after.take();
    assertThat(restored.log.all())
        .extracting(it -> it.entry().kind())
        .as("recorded once")
        .containsExactly(ActivityKind.RESTORE_NOTICED);
    assertThat(files()).as("numbers go on").contains("checkpoint-0000000003.json").hasSize(3);
    world.pass(Duration.ofMinutes(2));
    assertThat(after.restored()).as("it stays known").isPresent();
    assertThat(restored.verify(copies().newest(9)).isGood()).isFalse();
  }

  @Test
  void afterARotationTheEarlierKeyIsTrustedWhereItIsNamed() throws IOException {
    var table = new Table();
    table.publish("a");
    table.checkpoints(copies()).take();
    var next = Ed25519Signer.generate();
    table.publish("b");
    var rotated = rotated(table, next, Set.of(signer.key()));
    rotated.take();

    assertThat(rotated.keys()).containsExactlyInAnyOrder(signer.key(), next.key());
    var source = new InMemoryAudit(table.policy, table.log, world.clock);
    assertThat(Verification.of(source, rotated.keys(), copies().newest(9)).isGood()).isTrue();
    Set<String> unnamed = rotated(table, next, Set.of()).keys();
    assertThat(Verification.of(source, unnamed, copies().newest(9)).isGood()).isFalse();
  }

  private SignedCheckpoints rotated(Table table, Ed25519Signer next, Set<String> earlier) {
    return new SignedCheckpoints(table.log, table.policy, next, earlier, copies(), world.clock);
  }

  @Test
  void aHeadThatWentBackIsNoticedByWhoSawIt() {
    add(world.repository, "b");
    var checkpoints =
        new SignedCheckpoints(
            world.log, world.repository, null, Set.of(), CheckpointCopies.NONE, world.clock);
    assertThat(checkpoints.restored()).isEmpty();
    world.reset();
    assertThat(checkpoints.restored()).as("looked a moment ago").isEmpty();
    world.pass(Duration.ofMinutes(1));
    assertThat(checkpoints.restored()).map(Restored::revision).hasValue(2L);
    add(world.repository, "c");
    add(world.repository, "d");
    world.pass(Duration.ofMinutes(1));
    assertThat(checkpoints.restored())
        .as("also past the number that was seen")
        .map(Restored::revision)
        .hasValue(2L);
  }

  @Test
  void theKeyIsMadeOnceAndItsOwnersAlone() throws IOException {
    Path file = folder.resolve("keys").resolve("key.pem");
    Ed25519Signer made = KeyFile.open(file);
    assertThat(KeyFile.open(file).key()).isEqualTo(made.key());
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    assertThat(PublicKeys.fromPem(Files.readString(file.resolveSibling("key.pem.pub"))))
        .isEqualTo(made.key());
    Files.writeString(file, Ed25519Signer.generate().pem().substring(40));
    assertThatThrownBy(() -> KeyFile.open(file)).isInstanceOf(IOException.class);
  }
}
