package dev.grantway.admin.routes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.matrix.MatrixBench;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.policy.Api;
import dev.grantway.resource.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.Test;

/**
 * How long the service behind Routes takes on 5,000 routes, 300 roles and 60,000 permissions, in
 * memory: {@code ./grantway bench matrix}.
 */
class RoutesBench {
  private static final int RUNS = 7;
  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration AGAIN = Duration.ofMillis(300);

  @Test
  void routesKeepTheirTimesOnABigPolicy() {
    var world = new World(MatrixBench.policy());
    Api api = world.repository.live().api(MatrixBench.BIG).orElseThrow();
    Duration first =
        median(
            () ->
                page(new RouteService(world.changes, world.operators, world.clock), api, "").all());
    var routes = new RouteService(world.changes, world.operators, world.clock);
    page(routes, api, "");
    Duration again = median(() -> page(routes, api, "").all());
    Duration filter = median(() -> page(routes, api, "method:GET role:role-00 c1").matching());
    int[] next = new int[1];
    Duration edit =
        median(
            () -> {
              Route route = api.routes().routes().get(next[0]++ * 7);
              var input =
                  new RouteInput(
                      route.toString(), "", "pii", "", route.access(), Route.State.DEPRECATED);
              assertThat(routes.save(api, Optional.of(route.toString()), input))
                  .isInstanceOf(Saved.Staged.class);
              return page(routes, api, "").all();
            });
    System.out.printf(Locale.ROOT, "| %-34s | %7s |%n", "5,000 routes, 300 roles", "ms");
    row("first page of routes of a revision", first);
    row("the same again", again);
    row("a filter", filter);
    row("a route is changed and shown", edit);
    assertThat(first).isLessThan(FIRST);
    assertThat(again).isLessThan(AGAIN);
    assertThat(filter).isLessThan(AGAIN);
    assertThat(edit).isLessThan(FIRST);
  }

  private static RoutesPage page(RouteService routes, Api api, String filter) {
    return routes.page(api, "prod", MatrixFilter.parse(filter), 0, 100);
  }

  private static void row(String what, Duration time) {
    System.out.printf(Locale.ROOT, "| %-34s | %7.1f |%n", what, time.toNanos() / 1e6);
  }

  private static Duration median(IntSupplier work) {
    var times = new ArrayList<Duration>();
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      assertThat(work.getAsInt()).isPositive();
      times.add(Duration.ofNanos(System.nanoTime() - begun));
    }
    return times.stream().sorted().toList().get(RUNS / 2);
  }
}
