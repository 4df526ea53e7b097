package dev.grantway.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.revision.Change;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Revision;
import dev.grantway.store.Head;
import dev.grantway.store.dynamodb.DynamoPolicyReader;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.TableSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A publisher of 200 changes as a process of its own, killed and stopped by signals while one of
 * its write requests is under way: nothing of it is ever visible, or all of it (REV-01, REV-02).
 */
@Timeout(600)
class PublisherProcessTest {
  private static final Duration PAST_DEADLINE = Duration.ofMinutes(16);
  private static final Duration PAST_MARGIN = Duration.ofHours(26);
  private static final Duration PATIENCE = Duration.ofMinutes(15);
  private static final int KILLS = 5;

  /** Number, record, pack, keys, seal, two batches of bundles and records, head. */
  private static final int WRITES = 8;

  @TempDir Path folder;
  @TempDir Path times;
  private TableProcess table;
  private DynamoDbClient client;
  private DynamoPolicyReader reader;
  private AheadClock clock;
  private Effect effect = Effect.ALLOW;
  private int asides;

  /** Where a publisher is caught: at which write request, and whether the table has it already. */
  private record Point(int write, boolean reachesTable) {}

  @BeforeEach
  void publishTheWorld() throws IOException {
    clock = new AheadClock(times.resolve("ahead")).begun();
    table = TableProcess.start(folder).awaitReady();
    client = table.client();
    TableSetup.create(client, Turning.TABLE);
    reader = new DynamoPolicyReader(client, Turning.TABLE);
    publish(PublisherMain.WORLD.frame());
    publish(PublisherMain.WORLD.additions(effect));
  }

  @AfterEach
  void close() {
    client.close();
    table.close();
  }

  /** This process, whose clock is as far ahead as time was made to pass. */
  private DynamoPolicyRepository repository() {
    return new DynamoPolicyRepository(client, Turning.TABLE, clock);
  }

  private void publish(List<Change> changes) {
    var repository = repository();
    assertThat(repository.publish(Turning.on(repository, changes)))
        .isInstanceOf(PublishResult.Published.class);
  }

  private void publishAside() {
    publish(List.of(Turning.aside("aside-" + asides++)));
  }

  /** What authorizers see at head; it must be all of one kind. */
  private Effect seen() {
    Head head = reader.head();
    var effects = new ArrayList<Effect>();
    for (int r = 0; r < PublisherMain.WORLD.roles(); r++) {
      reader
          .slice(Turning.role(r), Turning.ORDERS, head)
          .value()
          .ifPresent(slice -> slice.permissions().forEach(it -> effects.add(it.effect())));
    }
    assertThat(effects).hasSize(PublisherMain.WORLD.roles() * PublisherMain.WORLD.each());
    assertThat(Set.copyOf(effects)).as("all old or all new").hasSize(1);
    return effects.getFirst();
  }

  /** Every reader there is: authorizers, the admin app now and as of a revision, the records. */
  private void assertSeenByAll(String when) {
    assertThat(seen()).as(when).isEqualTo(effect);
    var repository = repository();
    Head head = repository.head();
    var live = repository.live().policy();
    assertThat(turning(live.permissions())).as(when).isEqualTo(Set.of(effect));
    var then = repository.asOf(head.revision()).orElseThrow().policy();
    assertThat(then).as(when).isEqualTo(live);
    List<Long> records =
        repository.revisions("", 1_000).items().stream().map(Revision::number).toList();
    assertThat(records).as(when).isEqualTo(committed());
    for (long gap : head.gaps()) {
      assertThat(repository.asOf(gap)).as(when).isEmpty();
      assertThat(repository.revision(gap)).as(when).isEmpty();
      assertThat(repository.changes(gap, "", 10).items()).as(when).isEmpty();
    }
  }

  private static Set<Effect> turning(List<Permission> permissions) {
    return permissions.stream()
        .filter(it -> !it.role().equals(Turning.BYSTANDER))
        .map(Permission::effect)
        .collect(Collectors.toSet());
  }

  /** The numbers of the chain from head back to the first, newest first. */
  private List<Long> committed() {
    var repository = repository();
    var numbers = new ArrayList<Long>();
    for (long n = repository.head().revision(); n > 0; ) {
      numbers.add(n);
      n = repository.revision(n).orElseThrow().base();
    }
    return numbers;
  }

  /** Nothing is stored under a number that never committed but the record that explains it. */
  private void assertSweptClean() {
    var numbers = new HashSet<>(committed());
    for (Map<String, AttributeValue> item :
        client.scanPaginator(b -> b.tableName(Turning.TABLE).consistentRead(true)).items()) {
      String pk = Turning.text(item, "pk");
      String sk = Turning.text(item, "sk");
      Turning.number(item)
          .ifPresent(number -> assertThat(numbers).as(pk + " " + sk).contains(number));
      if (pk.startsWith("LOG#") && !sk.equals("!")) {
        assertThat(numbers).as(pk + " " + sk).contains(Long.valueOf(pk.substring(4)));
      }
      if (pk.equals("REVS")) {
        assertThat(numbers).as(pk + " " + sk).contains(Long.valueOf(sk));
      }
    }
    assertThat(repository().head().gaps()).isEmpty();
  }

  private void sweepWhenAllIsOver() {
    repository().sweep();
    clock.pass(PAST_MARGIN);
    publishAside();
    repository().sweep();
    assertSweptClean();
  }

  private int writesOfOnePublish() throws Exception {
    try (var proxy = new WritesProxy(table.port(), -1, false);
        var publisher = PublisherProcess.start(proxy.address(), effect, clock, PATIENCE)) {
      assertThat(publisher.said()).startsWith("published");
      effect = Turning.other(effect);
      return proxy.writes();
    }
  }

  private static Random seeded() {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("PublisherProcessTest seed " + seed);
    return new Random(seed);
  }

  private static List<Point> points(int writes, Random random) {
    var points = new ArrayList<Point>();
    for (int write = 0; write < writes; write++) {
      points.add(new Point(write, false));
      points.add(new Point(write, true));
    }
    Collections.shuffle(points, random);
    return points;
  }

  /** Where nothing of it may be seen: not when head has moved and only the answer is missing. */
  private static List<Point> before(List<Point> points) {
    return points.stream().filter(it -> !it.equals(new Point(WRITES - 1, true))).toList();
  }

  @Test
  void killedAtFivePointsAndStoppedAtOneItIsAllThereOrNotAtAll() throws Exception {
    var random = seeded();
    List<Point> points = points(WRITES, random);
    killAt(points.subList(0, KILLS), random);
    stopAt(before(points.subList(KILLS, KILLS + 2)).subList(0, 1), random);
  }

  /** {@code ./grantway bench store}. */
  @Test
  @Tag("bench")
  void killedAtEveryWriteRequestItIsAllThereOrNotAtAll() throws Exception {
    assertThat(writesOfOnePublish()).isEqualTo(WRITES);
    var random = seeded();
    killAt(points(WRITES, random), random);
  }

  private void killAt(List<Point> points, Random random) throws Exception {
    for (Point point : points) {
      boolean overtaken = random.nextBoolean();
      System.out.println("killed at " + point + (overtaken ? ", overtaken" : ", recovered"));
      killAt(point, overtaken);
    }
    sweepWhenAllIsOver();
    assertSeenByAll("at the end");
  }

  private void killAt(Point point, boolean overtaken) throws Exception {
    long before = repository().head().revision();
    try (var proxy = new WritesProxy(table.port(), point.write(), point.reachesTable());
        var publisher = PublisherProcess.start(proxy.address(), effect, clock, PATIENCE)) {
      assertThat(proxy.awaitHeld(publisher)).isTrue();
      publisher.kill();
    }
    boolean moved = repository().head().revision() > before;
    if (moved) {
      effect = Turning.other(effect);
    }
    assertSeenByAll("killed at " + point);
    if (overtaken) {
      publishAside();
      assertSeenByAll("overtaken after " + point);
      clock.pass(PAST_DEADLINE);
      repository().recover();
    } else {
      clock.pass(PAST_DEADLINE);
      repository().recover();
      // Sealed on head, it is completed as a whole; and only then.
      if (seen() != effect) {
        effect = seen();
      }
      assertSeenByAll("recovered after " + point);
      publishAside();
    }
    repository().sweep();
    assertSeenByAll("swept after " + point);
  }

  /** {@code ./grantway bench store}. */
  @Test
  @Tag("bench")
  void stoppedAtEveryWriteRequestNothingIsEverVisible() throws Exception {
    var random = seeded();
    stopAt(before(points(WRITES, random)), random);
  }

  private void stopAt(List<Point> points, Random random) throws Exception {
    for (Point point : points) {
      boolean sweptBefore = random.nextBoolean();
      System.out.println("stopped at " + point + (sweptBefore ? ", swept meanwhile" : ""));
      stopAt(point, sweptBefore);
    }
    sweepWhenAllIsOver();
    assertSeenByAll("at the end");
  }

  private void stopAt(Point point, boolean sweptMeanwhile) throws Exception {
    try (var proxy = new WritesProxy(table.port(), point.write(), point.reachesTable());
        var publisher = PublisherProcess.start(proxy.address(), effect, clock, PATIENCE)) {
      assertThat(proxy.awaitHeld(publisher)).isTrue();
      publisher.stop();
      publishAside();
      clock.pass(PAST_DEADLINE);
      publishAside();
      if (sweptMeanwhile) {
        repository().sweep();
      }
      assertSeenByAll("stopped at " + point);
      // What was under way arrives now, long after its number was declared void.
      proxy.release();
      publisher.goOn();
      assertThat(publisher.said()).startsWith("conflict with " + repository().head().revision());
    }
    assertSeenByAll("went on after " + point);
    publishAside();
    repository().sweep();
    assertSeenByAll("swept after " + point);
  }
}
