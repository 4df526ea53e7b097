package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.resource.ApiType;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** UI decision 6: a publish is in force once the second flush succeeded. */
class PropagationTest {
  private final World world = new World();

  @BeforeEach
  void theSampleIsInForce() {
    world.changes.inForce();
    world.pass(Duration.ofSeconds(20));
    world.flushed.clear();
  }

  /** A role may be held anywhere; a WebSocket API has nothing to flush. */
  @Test
  void whatTouchesEveryApiIsFlushedWhereverAnswersAreCached() {
    var started = new World();
    started.changes.inForce();
    started.pass(Duration.ofSeconds(20));
    assertThat(started.flushed)
        .extracting(line -> line.split(" ")[0])
        .containsOnly(
            "a1b2c3d4e5/prod", "a1b2c3d4e5/dev", "b1l2l3i4n5/prod", "b1l2l3i4n5/$default");
  }

  private void publish() {
    int id = (int) world.repository.head().revision();
    world.changes.stage(
        dev.grantway.admin.common.Sentence.of("label.permission.add", "x"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.permission("support", "new-" + id, "GET", "/orders/" + id)))));
    assertThat(world.publish(world.changes.draft().hash(), "why"))
        .isInstanceOf(Outcome.Published.class);
  }

  @Test
  void cachesAreFlushedAtOnceAndAgainWhenNoOldHeadIsLeft() {
    publish();
    world.pass(Duration.ofSeconds(10));
    assertThat(world.flushed).containsExactlyInAnyOrder("a1b2c3d4e5/prod 20", "a1b2c3d4e5/dev 20");
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.SPREADING);
    world.flushed.clear();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.flushed).containsExactlyInAnyOrder("a1b2c3d4e5/prod 31", "a1b2c3d4e5/dev 31");
    InForce state = world.changes.inForce();
    assertThat(state.phase()).isEqualTo(InForce.Phase.IN_FORCE);
    assertThat(state.revision()).isEqualTo(2);
    assertThat(state.since()).isEqualTo(World.START.plusSeconds(31));
  }

  @Test
  void theFirstFlushDoesNotCount() {
    world.flushesFail(true);
    publish();
    world.pass(Duration.ofSeconds(5));
    world.flushesFail(false);
    world.pass(Duration.ofSeconds(6));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
  }

  @Test
  void withoutTheSecondFlushAnswersMustExpire() {
    publish();
    world.pass(Duration.ofSeconds(5));
    world.flushesFail(true);
    world.pass(Duration.ofSeconds(6));
    InForce state = world.changes.inForce();
    assertThat(state.phase()).isEqualTo(InForce.Phase.EXPIRING);
    assertThat(state.by()).isEqualTo(World.START.plusSeconds(20 + 11 + 300));
    world.pass(Duration.ofSeconds(299));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.EXPIRING);
    world.pass(Duration.ofSeconds(1));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
  }

  @Test
  void aFlushThatSucceedsLateEndsTheWait() {
    publish();
    world.flushesFail(true);
    world.pass(Duration.ofSeconds(12));
    world.flushesFail(false);
    world.pass(Duration.ofSeconds(5));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
  }

  @Test
  void aSecondPublishInBetweenFlushesForBoth() {
    publish();
    world.pass(Duration.ofSeconds(6));
    publish();
    world.pass(Duration.ofSeconds(6));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.SPREADING);
    world.flushed.clear();
    world.pass(Duration.ofSeconds(5));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
    assertThat(world.changes.inForce().revision()).isEqualTo(3);
    assertThat(world.flushed).hasSize(2);
  }

  @Test
  void aProcessThatStartsAfterThePublishFlushesOnce() {
    publish();
    var restarted =
        new Propagation(
            stage -> world.flushed.add(stage.name()),
            (when, task) -> task.run(),
            world.clock,
            world.activity,
            world.settings);
    world.flushed.clear();
    world.clock.now = world.clock.now.plusSeconds(3600);
    restarted.seen(
        world.repository.head(),
        restarted.last(),
        java.util.Set.of(new Propagation.Stage(World.ORDERS, ApiType.REST, "prod")));
    assertThat(world.flushed).containsExactly("prod");
    assertThat(restarted.last().phase()).isEqualTo(InForce.Phase.IN_FORCE);
  }

  @Test
  void aHeadReadBeforeAPublishDoesNotPutTheOlderRevisionBack() {
    var settings = world.settings;
    var later = new java.util.ArrayList<Runnable>();
    var caches = new java.util.ArrayList<String>();
    var followed =
        new Propagation(
            stage -> caches.add(stage.name()),
            (when, task) -> later.add(task),
            world.clock,
            world.activity,
            settings);
    InForce known = followed.last();
    var stages = java.util.Set.of(new Propagation.Stage(World.ORDERS, ApiType.REST, "prod"));
    var head = world.repository.head();
    InForce published =
        followed.published(head.revision() + 1, "newer", world.clock.instant(), stages);
    assertThat(followed.seen(head, known, stages)).isEqualTo(published);
    assertThat(followed.last().revision()).isEqualTo(head.revision() + 1);
    assertThat(later).hasSize(2);
  }
}
