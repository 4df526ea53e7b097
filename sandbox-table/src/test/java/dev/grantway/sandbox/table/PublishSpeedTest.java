package dev.grantway.sandbox.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Effect;
import dev.grantway.revision.Change;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import dev.grantway.store.dynamodb.TableSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.WriteRequest;

/**
 * How fast 100,000 changes are published, beside a bare loop of BatchWriteItem that stores the very
 * same items, and through a table that lets 1,000 write units a second through. A few hundred
 * changes in every run; all of them, with figures, in {@code ./grantway bench publish}.
 */
@Timeout(3_600)
class PublishSpeedTest {
  private static final String BARE = "bare";
  private static final double UNITS_A_SECOND = 1_000;
  private static final double FEW_UNITS = 8;
  private static final int HEAP_MB = 128;
  private static final int ROUNDS = 5;
  private static final Turning MANY = new Turning(1_000, 100);

  @TempDir Path folder;
  private TableProcess table;
  private DynamoDbClient client;

  /** What a process that published said of one publish. */
  private record Run(
      long revision,
      double seconds,
      double draft,
      double most,
      int told,
      double silence,
      String steps,
      double cpu) {
    static Run of(String said) {
      String[] parts = said.split(" ");
      return new Run(
          Long.parseLong(parts[0]),
          Double.parseDouble(parts[1]),
          Double.parseDouble(parts[2]),
          Double.parseDouble(parts[3]),
          Integer.parseInt(parts[4]),
          Double.parseDouble(parts[5]),
          parts[6],
          Double.parseDouble(parts[7]));
    }
  }

  /** A process that publishes what it is told to, one after the other. */
  private static final class Publisher implements AutoCloseable {
    private final Process process;
    final double idle;

    Publisher(String address, Turning world, String... options) throws IOException {
      process =
          PublisherProcess.java(
              List.of(options),
              SpeedMain.class,
              address,
              Integer.toString(world.roles()),
              Integer.toString(world.each()));
      idle = Double.parseDouble(line());
    }

    Run publish(String order) throws IOException {
      var out = process.outputWriter(StandardCharsets.UTF_8);
      out.write(order + "\n");
      out.flush();
      return Run.of(line());
    }

    private String line() throws IOException {
      String line = process.inputReader(StandardCharsets.UTF_8).readLine();
      if (line == null) {
        throw new AssertionError("the publisher ended; the lines above say more");
      }
      return line;
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }

  @BeforeEach
  void start() throws IOException {
    table = TableProcess.start(folder).awaitReady();
    client = table.client();
    TableSetup.create(client, Turning.TABLE);
    TableSetup.create(client, BARE);
  }

  @AfterEach
  void close() {
    client.close();
    table.close();
  }

  /** On disk a table may be slower than what is let through. */
  private void inMemory() throws IOException {
    close();
    table = TableProcess.inMemory().awaitReady();
    client = table.client();
    TableSetup.create(client, Turning.TABLE);
  }

  private void publish(List<Change> changes) {
    var repository = new DynamoPolicyRepository(client, Turning.TABLE, Clock.systemUTC());
    assertThat(repository.publish(Turning.on(repository, changes)))
        .isInstanceOf(PublishResult.Published.class);
  }

  /** Every item that carries this number: what the publish wrote, but for head and counter. */
  private List<Map<String, AttributeValue>> itemsOf(long number) {
    var items = new ArrayList<Map<String, AttributeValue>>();
    for (var item :
        client.scanPaginator(b -> b.tableName(Turning.TABLE).consistentRead(true)).items()) {
      boolean logged = Turning.text(item, "pk").equals("LOG#" + number);
      if (logged || Turning.number(item).filter(it -> it == number).isPresent()) {
        items.add(item);
      }
    }
    return items;
  }

  /** Seconds that it takes to store them, one request after the other. */
  private double bareLoop(List<Map<String, AttributeValue>> items) {
    long began = System.nanoTime();
    for (int start = 0; start < items.size(); start += 25) {
      var batch =
          items.subList(start, Math.min(items.size(), start + 25)).stream()
              .map(item -> WriteRequest.builder().putRequest(b -> b.item(item)).build())
              .toList();
      var answer = client.batchWriteItem(b -> b.requestItems(Map.of(BARE, batch)));
      assertThat(answer.hasUnprocessedItems() && !answer.unprocessedItems().isEmpty()).isFalse();
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private Effect effect(Turning world) {
    var live = new DynamoPolicyRepository(client, Turning.TABLE, Clock.systemUTC()).live();
    var counts = new HashMap<Effect, Integer>();
    for (int r = 0; r < world.roles(); r++) {
      live.slice(Turning.role(r), Turning.ORDERS)
          .orElseThrow()
          .permissions()
          .forEach(it -> counts.merge(it.effect(), 1, Integer::sum));
    }
    assertThat(counts).as("each permission once, all of one kind").hasSize(1);
    assertThat(counts).containsValue(world.roles() * world.each());
    return Set.copyOf(counts.keySet()).iterator().next();
  }

  private String address() {
    return "http://127.0.0.1:" + table.port();
  }

  @Test
  void throttledItIsPublishedOnceAndToldThroughout() throws Exception {
    var world = new Turning(6, 12);
    publish(world.frame());
    publish(world.additions(Effect.ALLOW));
    try (var proxy = new ThrottlingProxy(table.port(), FEW_UNITS);
        var publisher = new Publisher(proxy.address(), world)) {
      Run run = publisher.publish("ALLOW");
      ThrottlingProxy.Used used = proxy.used();
      assertThat(used.refused()).as("requests that got nothing").isPositive();
      assertThat(used.handedBack()).as("items that were handed back").isPositive();
      assertThat(effect(world)).isEqualTo(Effect.DENY);
      assertThat(run.steps())
          .matches("checking:[0-9.]+,logging:[0-9.]+,writing:[0-9.]+,committing:[0-9.]+");
    }
  }

  /** {@code ./grantway bench publish}. */
  @Test
  @Tag("bench")
  void publishesAlmostAsFastAsABareLoop() throws Exception {
    publish(MANY.frame());
    var ratios = new ArrayList<Double>();
    double most = 0;
    double idle;
    Effect now = Effect.ALLOW;
    try (var publisher = new Publisher(address(), MANY)) {
      idle = publisher.idle;
      Run added = publisher.publish("add");
      tell("100,000 additions, cold", added, itemsOf(added.revision()));
      for (int round = 0; round < ROUNDS; round++) {
        Run run = publisher.publish(now.name());
        now = Turning.other(now);
        assertThat(effect(MANY)).isEqualTo(now);
        ratios.add(tell("100,000 edits", run, itemsOf(run.revision())));
        most = Math.max(most, run.most());
      }
    }
    System.out.printf(Locale.ROOT, "100,000 edits: heap %.0f MB idle, %.0f at most%n", idle, most);
    assertThat(most - idle).isLessThanOrEqualTo(HEAP_MB);
    ratios.sort(null);
    System.out.printf(
        Locale.ROOT,
        "100,000 edits: %.2f of a bare loop's rate (median of %s)%n",
        ratios.get(ROUNDS / 2),
        ratios);
    assertThat(ratios.get(ROUNDS / 2)).isGreaterThanOrEqualTo(0.7);
  }

  /** {@code ./grantway bench publish}. */
  @Test
  @Tag("bench")
  void usesWhatAThrottledTableLetsThrough() throws Exception {
    inMemory();
    publish(MANY.frame());
    Effect now = Effect.ALLOW;
    try (var warm = new Publisher(address(), MANY)) {
      warm.publish("add");
    }
    try (var proxy = new ThrottlingProxy(table.port(), UNITS_A_SECOND);
        var publisher = new Publisher(proxy.address(), MANY)) {
      for (int round = 0; round < 3; round++) {
        proxy.used();
        Run run = publisher.publish(now.name());
        now = Turning.other(now);
        ThrottlingProxy.Used used = proxy.used();
        System.out.printf(
            Locale.ROOT,
            "100,000 edits at %.0f write units a second: %.0f units in %.1f s from the first to"
                + " the last write, %.0f a second, and %.1f s in all (%s); %d requests refused, %d"
                + " items handed back%n",
            UNITS_A_SECOND,
            used.units(),
            used.seconds(),
            used.aSecond(),
            run.seconds(),
            run.steps(),
            used.refused(),
            used.handedBack());
        assertThat(effect(MANY)).isEqualTo(now);
        assertThat(used.aSecond()).isGreaterThanOrEqualTo(0.9 * UNITS_A_SECOND);
      }
    }
  }

  /** The publish's rate as a part of a bare loop's. */
  private double tell(String what, Run run, List<Map<String, AttributeValue>> items) {
    double bare = bareLoop(items);
    System.out.printf(
        Locale.ROOT,
        "%s: %.1f s (%s), %.1f s of them on a processor; bare loop of the same %d items %.1f s: %.2f of its rate; heap %.0f MB"
            + " with the draft, %.0f at most after a collection; told %d times, %.1f s apart at"
            + " most%n",
        what,
        run.seconds(),
        run.steps(),
        run.cpu(),
        items.size(),
        bare,
        bare / run.seconds(),
        run.draft(),
        run.most(),
        run.told(),
        run.silence());
    return bare / run.seconds();
  }
}
