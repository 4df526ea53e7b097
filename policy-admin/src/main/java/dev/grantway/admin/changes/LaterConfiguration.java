package dev.grantway.admin.changes;

import dev.grantway.admin.common.Rounds;
import dev.grantway.admin.common.Trace;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/**
 * The threads that flush gateway caches, take checkpoints, look at head and publish what is due.
 */
@Configuration
class LaterConfiguration {
  private static final Duration LOOK = Duration.ofSeconds(2);

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService flushes() {
    // Three: a flush that is due does not wait for a record, a checkpoint or a look at head.
    return Executors.newScheduledThreadPool(
        3, Thread.ofPlatform().daemon().name("flushes").factory());
  }

  @Bean(destroyMethod = "shutdownNow")
  @Profile("!memory")
  ScheduledExecutorService schedules(ScheduledPublishes publishes) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("schedules").factory());
    Rounds.of(publishes::publishDue, thread, LOOK, LOOK);
    return thread;
  }

  @Bean
  Later later(@Qualifier("flushes") ScheduledExecutorService flushes, Clock clock) {
    return (when, task) -> {
      Duration wait = Duration.between(clock.instant(), when);
      var _ =
          flushes.schedule(
              Trace.followed(task), Math.max(0, wait.toMillis() + 1), TimeUnit.MILLISECONDS);
    };
  }
}
