package dev.grantway.sandbox.table;

import com.sun.management.OperatingSystemMXBean;
import dev.grantway.policy.Effect;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.Progress;
import dev.grantway.store.dynamodb.DynamoClients;
import dev.grantway.store.dynamodb.DynamoPolicyRepository;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Publishes in a process of its own. Arguments: the table's address, how many roles and how many
 * permissions each. Says how much heap is in use after it has read head, in MB; then publishes for
 * each line of its input, which is {@code add} or the effect that is to be turned, and says how it
 * went.
 */
final class SpeedMain {
  private SpeedMain() {}

  public static void main(String[] args) throws IOException {
    var world = new Turning(Integer.parseInt(args[1]), Integer.parseInt(args[2]));
    try (var client =
            DynamoClients.create(
                Map.of("AWS_REGION", "us-east-1", "AWS_ENDPOINT_URL_DYNAMODB", args[0]));
        var orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      var repository = new DynamoPolicyRepository(client, Turning.TABLE, Clock.systemUTC());
      repository.head();
      System.out.println(used());
      for (String order = orders.readLine(); order != null; order = orders.readLine()) {
        System.out.println(publish(repository, world, order));
      }
    }
  }

  private static String publish(DynamoPolicyRepository repository, Turning world, String order) {
    var publication =
        Turning.on(
            repository,
            order.equals("add")
                ? world.additions(Effect.ALLOW)
                : world.turns(Effect.valueOf(order)));
    double draft = used();
    var heard = new Heard();
    long began = System.nanoTime();
    long cpuBefore = cpu();
    PublishResult result = repository.publish(publication, heard);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (!(result instanceof PublishResult.Published(var revision))) {
      throw new IllegalStateException("not published: " + result);
    }
    return "%d %s %s %s %d %s %s %s"
        .formatted(
            revision.number(),
            seconds,
            draft,
            heard.mostHeap,
            heard.times,
            heard.longest,
            heard.steps(System.nanoTime()),
            (cpu() - cpuBefore) / 1e9);
  }

  /** Nanoseconds that this process had a processor for. */
  private static long cpu() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }

  /** Bytes in use after a collection, in MB. */
  private static double used() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / 1048576.0;
  }

  /** How often progress was told, the longest silence between, and how long each step took. */
  private static final class Heard implements Progress {
    private final Map<String, Long> began = new LinkedHashMap<>();
    private long last = System.nanoTime();
    private int times;
    private double longest;
    private double mostHeap;

    @Override
    public void at(String step, long done, long total) {
      long now = System.nanoTime();
      longest = Math.max(longest, (now - last) / 1e9);
      last = now;
      times++;
      began.putIfAbsent(step, now);
      mostHeap = Math.max(mostHeap, afterCollection());
    }

    /** Such as {@code checking:1.2,logging:0.8}, in seconds. */
    String steps(long end) {
      var names = List.copyOf(began.keySet());
      var told = new ArrayList<String>();
      for (int i = 0; i < names.size(); i++) {
        long next = i + 1 < names.size() ? began.getOrDefault(names.get(i + 1), end) : end;
        double seconds = (next - began.getOrDefault(names.get(i), end)) / 1e9;
        told.add(names.get(i) + ":" + Math.round(seconds * 100) / 100.0);
      }
      return String.join(",", told);
    }

    private static double afterCollection() {
      return ManagementFactory.getMemoryPoolMXBeans().stream()
              .filter(pool -> pool.getCollectionUsage() != null)
              .mapToLong(pool -> pool.getCollectionUsage().getUsed())
              .sum()
          / 1048576.0;
    }
  }
}
