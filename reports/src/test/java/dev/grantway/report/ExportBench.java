package dev.grantway.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 1,000,000 rows, and how much longer it takes to write them than to read and decide them: ratios
 * of one run. The policy in memory counts towards the heap.
 */
@Tag("bench")
class ExportBench {
  private static final Clock CLOCK = Clock.fixed(RandomWorld.NOW, ZoneOffset.UTC);
  private static final int ROUTES = 500;
  private static final int ROLES = 1_000;
  private static final int RUNS = 3;

  @TempDir private Path folder;

  private static Policy policy() {
    var routes = new ArrayList<Route>();
    for (int i = 0; i < ROUTES; i++) {
      routes.add(Route.parse("GET /area" + i % 20 + "/things" + i + "/{id}"));
    }
    var api =
        new Api(
            new ApiId("a1"),
            "orders",
            List.of("dev", "prod"),
            new RouteTable(ApiType.REST, routes),
            true);
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    var assignments = new ArrayList<Assignment>();
    for (int r = 0; r < ROLES; r++) {
      var role = new RoleName("role" + r);
      roles.add(Role.bare(role));
      assignments.add(new Assignment(role, "corp", Assignment.Kind.SUBJECT, "s" + r, null));
      for (int p = 0; p < 20; p++) {
        permissions.add(
            new Permission(
                new PermissionId("role" + r + "-" + p),
                role,
                Effect.ALLOW,
                api.id(),
                StageScope.EVERY,
                Set.of(Action.GET),
                ResourcePattern.parse("/area" + p + "/**"),
                Condition.NONE,
                Validity.ALWAYS,
                ""));
      }
    }
    return new Policy(List.of(api), roles, permissions, assignments, Rules.NONE);
  }

  @Test
  void aMillionRows() throws IOException {
    InMemoryPolicy policy = InMemoryPolicy.of(policy(), CLOCK);
    for (GrantFilter.By by : GrantFilter.By.values()) {
      aMillionRows(policy, by);
    }
    System.out.println("heap at most " + (Runtime.getRuntime().maxMemory() >> 20) + " MB");
  }

  private void aMillionRows(InMemoryPolicy policy, GrantFilter.By by) throws IOException {
    var report =
        new GrantReport(policy, policy.live(), CLOCK.instant(), GrantFilter.EVERYTHING.by(by));
    // By route nothing but the order is more work than by role: it is compared with the same order.
    long deciding = best(by == GrantFilter.By.ROUTE ? () -> handed(report) : report::count);
    for (GrantFormat format : List.of(GrantFormat.CSV, GrantFormat.XLSX, GrantFormat.JSONL)) {
      Path file = folder.resolve("grants." + format.text());
      long writing = best(() -> rows(report, format, file));
      System.out.printf(
          "by %s, %s: %.2f times as long as reading and deciding (%d ms of %d ms), %d MB%n",
          by.text(),
          format.text(),
          (double) writing / deciding,
          writing / 1_000_000,
          deciding / 1_000_000,
          Files.size(file) >> 20);
    }
  }

  private static long handed(GrantReport report) {
    long[] rows = {0};
    try {
      report.rows(row -> rows[0]++);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return rows[0];
  }

  private static long rows(GrantReport report, GrantFormat format, Path file) {
    try {
      return new GrantExport(report, format, "aud", CLOCK.instant())
          .write(file, Long.MAX_VALUE, GrantReport.Watching.NOTHING)
          .rows();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** In nanoseconds, the fastest of some runs. */
  private static long best(LongSupplier work) {
    long best = Long.MAX_VALUE;
    for (int i = 0; i < RUNS; i++) {
      long begun = System.nanoTime();
      assertThat(work.getAsLong()).isEqualTo(1_000_000);
      best = Math.min(best, System.nanoTime() - begun);
    }
    return best;
  }
}
