package dev.grantway.admin.wiring;

import dev.grantway.admin.common.Rounds;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** Looks again and again; of several processes one looks at a stage. */
@Configuration
class WiringSchedule {
  private static final Duration MOST_OFTEN = Duration.ofMinutes(1);
  private static final Logger LOG = LoggerFactory.getLogger(WiringSchedule.class);

  @Bean(destroyMethod = "shutdownNow")
  @Profile("!memory")
  ScheduledExecutorService wiringThread(WiringLooks looks, WiringSettings settings) {
    ScheduledExecutorService thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("wiring").factory());
    if (!settings.every().isZero()) {
      Duration pace = settings.every().compareTo(MOST_OFTEN) < 0 ? settings.every() : MOST_OFTEN;
      Rounds.of(() -> attempt(looks), thread, pace, pace);
    }
    return thread;
  }

  /** While the table does not answer, the next minute asks again. */
  private static void attempt(WiringLooks looks) {
    try {
      looks.lookWhereDue();
    } catch (RuntimeException failure) {
      LOG.warn("wiring is looked at later: {}", failure.getMessage());
    }
  }
}
