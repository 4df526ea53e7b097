package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.policy.ApiId;
import dev.grantway.resource.ApiType;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
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

  /** Nobody asks an authorizer again about a connection that is open: it is named (UI 6). */
  @Test
  void openConnectionsAreNamedAndTheReceiptIsKept() {
    Instant now = world.clock.instant();
    InForce begun =
        world.propagation.published(
            2,
            "newer",
            now,
            Set.of(
                prod(),
                new Propagation.Stage(new ApiId("live1"), "live", ApiType.WEBSOCKET, "prod")));
    assertThat(begun.connections()).containsExactly("live/prod");
    int before = receipts().size();
    world.pass(Duration.ofSeconds(11));
    assertThat(receipts().subList(before, receipts().size()))
        .containsExactly(
            Map.of(
                "published", now.toString(),
                "by", now.plusSeconds(16).toString(),
                "since", now.plusSeconds(11).toString(),
                "because", "flushed",
                "connections", "live/prod"));
  }

  /** A revision that the next one overtakes before it is in force. */
  @Test
  void connectionsOfAnOvertakenRevisionStayNamed() {
    var live = new Propagation.Stage(new ApiId("live1"), "live", ApiType.WEBSOCKET, "prod");
    Instant now = world.clock.instant();
    world.propagation.published(2, "newer", now, Set.of(live));
    world.pass(Duration.ofSeconds(5));
    InForce next = world.propagation.published(3, "newest", now, Set.of(prod()));
    assertThat(next.connections()).containsExactly("live/prod");
    world.pass(Duration.ofSeconds(11));
    assertThat(receipts().getLast()).containsEntry("connections", "live/prod");
    assertThat(world.propagation.published(4, "last", now, Set.of(prod())).connections()).isEmpty();
  }

  /** What was in force before this process began is followed to be sure, and is no news. */
  @Test
  void aRestartKeepsNoSecondReceipt() {
    world.pass(Duration.ofDays(1));
    var again =
        new Propagation(
            stage -> true,
            new ReportedInstances(world.repository),
            (when, task) -> task.run(),
            world.clock,
            world.activity,
            world.settings);
    int before = receipts().size();
    again.seen(world.repository.head(), again.last(), Set.of(prod()));
    assertThat(again.last().phase()).isEqualTo(InForce.Phase.IN_FORCE);
    assertThat(receipts()).hasSize(before);
  }

  private List<Map<String, String>> receipts() {
    return world.log.all().stream()
        .map(ActivityRecord::entry)
        .filter(it -> it.kind() == ActivityKind.IN_FORCE)
        .map(it -> Map.copyOf(it.details()))
        .toList();
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

  /** The record's time is from before the first write; head may have moved long after. */
  @Test
  void whatCountsIsWhenHeadHadMovedAndNotWhenThePublishBegan() {
    Instant now = world.clock.instant();
    InForce begun = world.propagation.published(2, "newer", now.minusSeconds(60), Set.of(prod()));
    assertThat(begun.publishedAt()).isEqualTo(now.minusSeconds(60));
    assertThat(begun.by()).isEqualTo(now.plusSeconds(1 + 10).plus(Propagation.FLUSHING));
    world.pass(Duration.ofSeconds(10));
    assertThat(world.propagation.last().phase()).isEqualTo(InForce.Phase.SPREADING);
    world.pass(Duration.ofSeconds(1));
    assertThat(world.propagation.last().phase()).isEqualTo(InForce.Phase.IN_FORCE);
  }

  /** What is promised must still lie ahead while the last flush is under way. */
  @Test
  void whatIsPromisedLeavesTimeForTheLastFlush() {
    publish();
    Instant promised = world.changes.inForce().by();
    world.pass(Duration.ofSeconds(11));
    InForce state = world.changes.inForce();
    assertThat(state.phase()).isEqualTo(InForce.Phase.IN_FORCE);
    assertThat(state.since()).isBefore(promised);
  }

  /** UI decision 6: + staleLimit while an instance reports that it cannot read. */
  @Test
  void anInstanceThatCannotReadMayAnswerByAnOlderRevisionForItsStaleLimit() {
    world.heartbeat("0123456789abcdef", 1, false, null);
    publish();
    Instant moved = world.clock.instant();
    world.pass(Duration.ofSeconds(11));
    InForce state = world.changes.inForce();
    assertThat(state.phase()).isEqualTo(InForce.Phase.LAGGING);
    assertThat(state.by()).isEqualTo(moved.plusSeconds(60 + 10).plus(Propagation.FLUSHING));
    world.pass(Duration.ofSeconds(58));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.LAGGING);
    world.flushed.clear();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
    assertThat(world.flushed).containsExactlyInAnyOrder("a1b2c3d4e5/prod 90", "a1b2c3d4e5/dev 90");
  }

  @Test
  void whereAnInstanceLaggedAndTheFlushFailsItsAnswersMustExpireToo() {
    world.heartbeat("0123456789abcdef", 1, false, null);
    publish();
    Instant moved = world.clock.instant();
    world.flushesFail(true);
    world.pass(Duration.ofSeconds(70));
    InForce state = world.changes.inForce();
    assertThat(state.phase()).isEqualTo(InForce.Phase.EXPIRING);
    assertThat(state.by()).isEqualTo(moved.plusSeconds(60 + 10 + 300));
  }

  @Test
  void anInstanceThatCanReadAgainIsWaitedForOneTimeoutMore() {
    world.heartbeat("0123456789abcdef", 1, false, null);
    publish();
    world.pass(Duration.ofSeconds(12));
    world.heartbeat("0123456789abcdef", 2, true, null);
    world.flushed.clear();
    world.pass(Duration.ofSeconds(13));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.SPREADING);
    assertThat(world.flushed).isEmpty();
    world.pass(Duration.ofSeconds(1));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
    assertThat(world.flushed).hasSize(2);
  }

  @Test
  void anInstanceThatLagsWithTheNewRevisionOrOnAnotherApiIsNotWaitedFor() {
    world.heartbeat("0123456789abcdef", 2, false, null);
    publish();
    world.pass(Duration.ofSeconds(11));
    assertThat(world.changes.inForce().phase()).isEqualTo(InForce.Phase.IN_FORCE);
    var instances = new ReportedInstances(world.repository);
    assertThat(instances.lagBehind(3, Set.of(World.ORDERS))).isTrue();
    assertThat(instances.lagBehind(3, Set.of(new ApiId("another000")))).isFalse();
    world.tableFails(new StoreException.Unavailable("down", null));
    assertThat(instances.lagBehind(1, Set.of(World.ORDERS))).as("nobody can say").isTrue();
  }

  private static Propagation.Stage prod() {
    return new Propagation.Stage(World.ORDERS, "orders", ApiType.REST, "prod");
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
  void aProcessThatStartsAfterThePublishFollowsItAsWhoeverPublishedMayHaveTakenLong() {
    publish();
    var later = new TreeMap<Instant, Runnable>();
    var restarted =
        new Propagation(
            stage -> world.flushed.add(stage.name()),
            (revision, apis) -> false,
            (when, task) -> later.put(when, task),
            world.clock,
            world.activity,
            world.settings);
    world.flushed.clear();
    world.clock.now = world.clock.now.plusSeconds(3600);
    restarted.seen(
        world.repository.head(),
        restarted.last(),
        Set.of(new Propagation.Stage(World.ORDERS, "orders", ApiType.REST, "prod")));
    assertThat(later.keySet())
        .containsExactly(world.clock.now, world.clock.now.plusSeconds(1 + 10));
    later.values().forEach(Runnable::run);
    assertThat(world.flushed).containsExactly("prod", "prod");
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
            (revision, apis) -> false,
            (when, task) -> later.add(task),
            world.clock,
            world.activity,
            settings);
    InForce known = followed.last();
    var stages = Set.of(new Propagation.Stage(World.ORDERS, "orders", ApiType.REST, "prod"));
    var head = world.repository.head();
    InForce published =
        followed.published(head.revision() + 1, "newer", world.clock.instant(), stages);
    assertThat(followed.seen(head, known, stages)).isEqualTo(published);
    assertThat(followed.last().revision()).isEqualTo(head.revision() + 1);
    assertThat(later).hasSize(2);
  }
}
