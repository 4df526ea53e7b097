package dev.grantway.admin.changes;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The thread that flushes gateway caches. */
@Configuration
class LaterConfiguration {

  @Bean(destroyMethod = "shutdownNow")
  ScheduledExecutorService flushes() {
    return Executors.newSingleThreadScheduledExecutor(
        Thread.ofPlatform().daemon().name("flushes").factory());
  }

  @Bean
  Later later(ScheduledExecutorService flushes, Clock clock) {
    return (when, task) -> {
      Duration wait = Duration.between(clock.instant(), when);
      var _ = flushes.schedule(task, Math.max(0, wait.toMillis() + 1), TimeUnit.MILLISECONDS);
    };
  }
}
