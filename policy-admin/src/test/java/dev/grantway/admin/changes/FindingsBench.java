package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.grantway.admin.matrix.MatrixBench;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.PolicyAnalysis;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * How long the search for findings takes, which the app does for each revision and each draft that
 * somebody looks at, on 5,000 routes, 300 roles and 60,000 permissions, beside the same on half of
 * the roles: {@code ./grantway bench findings}.
 */
class FindingsBench {
  private static final int RUNS = 5;
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  /** Medians, and how much was found. */
  private record Measured(int permissions, int findings, Duration time, long bytes) {}

  @Test
  void findings() {
    Policy whole = MatrixBench.policy();
    Measured half = measured(half(whole));
    Measured all = measured(whole);
    assertThat(half.findings()).isPositive();
    assertThat(all.findings()).isGreaterThan(half.findings());
    System.out.printf("| permissions | findings | ms | MB allocated | x half |%n");
    row(half, half);
    row(all, half);
  }

  private static void row(Measured it, Measured half) {
    System.out.printf(
        Locale.ROOT,
        "| %d | %d | %.0f | %.0f | %.2f |%n",
        it.permissions(),
        it.findings(),
        it.time().toNanos() / 1e6,
        it.bytes() / 1024.0 / 1024,
        (double) it.time().toNanos() / half.time().toNanos());
  }

  private static Policy half(Policy whole) {
    SortedSet<RoleName> kept = new TreeSet<>();
    whole.roles().stream().limit(whole.roles().size() / 2).forEach(it -> kept.add(it.name()));
    List<Permission> permissions =
        whole.permissions().stream().filter(it -> kept.contains(it.role())).toList();
    return new Policy(
        whole.apis(),
        whole.roles().stream().filter(it -> kept.contains(it.name())).toList(),
        permissions,
        List.of(),
        whole.rules());
  }

  private static Measured measured(Policy policy) {
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    var times = new ArrayList<Duration>();
    long bytes = 0;
    List<Finding> found = List.of();
    for (int i = 0; i < RUNS; i++) {
      long allocated = threads.getCurrentThreadAllocatedBytes();
      long begun = System.nanoTime();
      found = PolicyAnalysis.of(policy, NOW);
      times.add(Duration.ofNanos(System.nanoTime() - begun));
      bytes = threads.getCurrentThreadAllocatedBytes() - allocated;
    }
    Duration median = times.stream().sorted().toList().get(RUNS / 2);
    return new Measured(policy.permissions().size(), found.size(), median, bytes);
  }
}
