package dev.grantway.admin.whocan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Moment;
import dev.grantway.admin.matrix.MatrixBench;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.store.AsOf;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * How long reverse questions take on 5,000 routes, 300 roles, 60,000 permissions and 10,000
 * assignments, in memory: {@code ./grantway bench who-can}. Beside them in the same run: reading
 * every permission of the API once, which no answer about a route can do without.
 */
public class WhoCanBench {
  private static final int RUNS = 7;
  private static final int FEW = 3;
  private static final int ASSIGNED = 10_000;
  private static final String ROUTE = "GET /c7";
  private static final Duration ONE_ROUTE = Duration.ofSeconds(1);

  @Test
  void oneRouteIsAnsweredInASecond() {
    var world = new World(policy());
    WhoCanService whoCan = service(world);
    Duration bare = median(RUNS, () -> everyPermission(world.repository.live()));
    Duration route = median(RUNS, () -> whoCan.route(MatrixBench.BIG, "prod", ROUTE, Moment.NOW));
    Duration role =
        median(RUNS, () -> whoCan.role(MatrixBench.BIG, "prod", "role-001", Moment.NOW));
    Duration twins = median(FEW, () -> whoCan.twins(MatrixBench.BIG, "prod", ROUTE, Moment.NOW));
    System.out.printf(
        Locale.ROOT, "| %-40s | %7s | %7s |%n", "5,000 routes, 300 roles", "ms", "x bare");
    row("every permission read once (bare)", bare, bare);
    row("who may call a route, with people", route, bare);
    row("what a role may call", role, bare);
    row("roles that differ only here", twins, bare);
    assertThat(route).isLessThan(ONE_ROUTE);
    assertThat(role).isLessThan(ONE_ROUTE);
  }

  /** Asks one service, again and again, how many roles say anything about a route, live. */
  public static Callable<Integer> asking(World world, ApiId api, String route) {
    WhoCanService service = service(world);
    return () ->
        service.route(api, "prod", route, Moment.NOW)
                instanceof Found.Answer<RouteAnswer>(var rev, var head, var at, var answer)
            ? answer.roles().size()
            : 0;
  }

  private static WhoCanService service(World world) {
    return new WhoCanService(world.repository, world.operators, world.activity, world.clock);
  }

  private static int everyPermission(AsOf live) {
    List<RoleName> roles =
        live.roles("", 1_000).items().stream().map(entry -> entry.role().name()).toList();
    int count =
        live.permissions(roles, MatrixBench.BIG).values().stream().mapToInt(List::size).sum();
    assertThat(count).isEqualTo(60_000);
    return count;
  }

  private static void row(String what, Duration time, Duration bare) {
    System.out.printf(
        Locale.ROOT,
        "| %-40s | %7.1f | %7.1f |%n",
        what,
        time.toNanos() / 1e6,
        (double) time.toNanos() / bare.toNanos());
  }

  private static Duration median(int runs, Supplier<Object> work) {
    var times = new ArrayList<Duration>();
    for (int i = 0; i < runs; i++) {
      long begun = System.nanoTime();
      assertThat(work.get()).isNotInstanceOf(Found.Nothing.class);
      times.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    return times.stream().sorted().toList().get(runs / 2);
  }

  private static Policy policy() {
    Policy big = MatrixBench.policy();
    var assignments = new ArrayList<Assignment>();
    for (int i = 0; i < ASSIGNED; i++) {
      assignments.add(
          new Assignment(
              big.roles().get(i % big.roles().size()).name(),
              "corp",
              Assignment.Kind.SUBJECT,
              "subject-" + i / 2,
              null));
    }
    return new Policy(big.apis(), big.roles(), big.permissions(), assignments, Rules.NONE);
  }
}
