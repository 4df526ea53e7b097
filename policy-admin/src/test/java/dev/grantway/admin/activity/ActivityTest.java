package dev.grantway.admin.activity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.OperatorRefused;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.security.OperatorSignIn;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is done is recorded before; what cannot be recorded is not done. */
class ActivityTest {
  private final World world = new World();
  private final SignIns signIns = new SignIns(world.activity, world.clock);

  private static final Operator OLGA =
      new Operator("olga", "Olga", Set.of(OperatorRight.OWNER, OperatorRight.AUDITOR));

  private List<ActivityEntry> entries() {
    return world.log.all().stream().map(ActivityRecord::entry).toList();
  }

  private List<ActivityKind> kinds() {
    return entries().stream().map(ActivityEntry::kind).toList();
  }

  private void edit(String role) {
    var added = new Role(role, new RoleName(role), "", "", new TreeSet<>());
    world.changes.stage(
        Sentence.of("label.restore", role), List.of(Change.add(new PolicyRow.OfRole(added))));
  }

  private void tableIsDown() {
    world.tableFails(new StoreException.Unavailable("the table is down", null));
  }

  @Test
  void aPublishIsRecordedBeforeAndAfterWithItsFlushes() {
    edit("night-shift");
    ChangesService changes = world.changes;
    assertThat(world.publish(changes.draft().hash(), "for the night"))
        .isInstanceOf(Outcome.Published.class);
    assertThat(kinds()).containsExactly(ActivityKind.PUBLISH_BEGUN, ActivityKind.PUBLISHED);
    ActivityEntry begun = entries().getFirst();
    assertThat(begun.operator()).isEqualTo("ana");
    assertThat(begun.details())
        .isEqualTo(Map.of("base", "1", "changes", "1", "reason", "for the night"));
    assertThat(entries().get(1).details()).isEqualTo(Map.of("revision", "2"));
    assertThat(entries().get(1).subject()).isEqualTo(begun.subject()).startsWith("draft ");
    world.pass(Duration.ofMinutes(1));
    assertThat(world.checkpoints.taken).isEqualTo(1);
  }

  @Test
  void nothingIsPublishedOrDiscardedThatCannotBeRecorded() {
    edit("night-shift");
    String hash = world.changes.draft().hash();
    world.logFails(true);
    assertThat(world.publish(hash, "why")).isInstanceOf(Outcome.TableDown.class);
    assertThatThrownBy(world.changes::discard)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageStartingWith("nothing was done, since it could not be recorded");
    world.logFails(false);
    assertThat(world.repository.head().revision()).isEqualTo(1);
    assertThat(world.changes.draft().hash()).isEqualTo(hash);
    assertThat(world.log.all()).isEmpty();
    world.changes.discard();
    assertThat(kinds()).containsExactly(ActivityKind.DRAFT_DISCARDED);
  }

  @Test
  void nobodySignsInUnrecordedAndEverybodySignsOut() {
    tableIsDown();
    assertThatThrownBy(() -> signIns.signedIn(new OperatorSignIn.Done(OLGA)))
        .isInstanceOf(StoreException.Unavailable.class);
    signIns.signedOut(new OperatorSignIn.Ended(OLGA));
    signIns.refused(new OperatorRefused(OLGA, Task.DRAFT));
    world.tableFails(null);
    signIns.signedIn(new OperatorSignIn.Done(OLGA));
    signIns.signedOut(new OperatorSignIn.Ended(OLGA));
    signIns.refused(new OperatorRefused(OLGA, Task.DRAFT));
    assertThat(kinds())
        .containsExactly(ActivityKind.SIGN_IN, ActivityKind.SIGN_OUT, ActivityKind.REFUSED);
    assertThat(entries()).allMatch(it -> it.operator().equals("olga"));
    assertThat(entries().getFirst().details()).isEqualTo(Map.of("rights", "auditor owner"));
    assertThat(entries().get(2).details()).isEqualTo(Map.of("task", "DRAFT"));
  }

  @Test
  void strangersCannotFillTheLog() {
    for (int i = 0; i < 500; i++) {
      signIns.failed(new OperatorSignIn.Failed("access_denied"));
    }
    assertThat(world.log.all()).hasSize(30);
    world.pass(Duration.ofMinutes(1));
    signIns.failed(new OperatorSignIn.Failed("access_denied"));
    assertThat(entries().getLast().details())
        .isEqualTo(Map.of("why", "access_denied", "unrecorded", "470"));
    signIns.failed(new OperatorSignIn.Failed("access_denied"));
    assertThat(entries().getLast().details()).isEqualTo(Map.of("why", "access_denied"));
  }

  @Test
  void norCanThoseWhoHaveATokenAndNoName() {
    var nobody = new Operator(OperatorSignIn.NOBODY, OperatorSignIn.NOBODY, Set.of());
    for (int i = 0; i < 500; i++) {
      signIns.refused(new OperatorRefused(nobody, Task.DRAFT));
    }
    assertThat(world.log.all()).hasSize(30);
    assertThat(kinds()).containsOnly(ActivityKind.REFUSED);
  }
}
