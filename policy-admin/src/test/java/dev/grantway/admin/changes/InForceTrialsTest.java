package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.LiveSystem.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * "In force by" is never wrong, timed: the gateway twin with its cache on, the real authorizer, the
 * real flushes. A publish is followed under each outcome of its second flush while callers ask all
 * the time; no answer that was asked for after what the app said then may be by the old revision.
 *
 * <p>{@code -Dgrantway.trials=200}, which is {@code ./grantway bench inforce}, takes minutes;
 * {@code -Dgrantway.trials.seed=…} repeats the draws of a run, not its timing.
 */
class InForceTrialsTest {
  private static final int TRIALS = Integer.getInteger("grantway.trials", 6);
  private static final long SEED = Long.getLong("grantway.trials.seed", System.nanoTime());

  @Test
  void noAnswerIsByTheOldRevisionOnceItIsSaidToBeInForce() throws Exception {
    System.out.println("-Dgrantway.trials=" + TRIALS + " -Dgrantway.trials.seed=" + SEED);
    var random = new Random(SEED);
    List<LiveSystem.Trial> trials = new ArrayList<>();
    try (var system = new LiveSystem(random)) {
      system.warmUp();
      for (Outcome outcome : outcomes(random)) {
        trials.add(system.trial(outcome));
      }
    }
    for (Outcome outcome : Outcome.values()) {
      say(outcome, trials.stream().filter(it -> it.outcome() == outcome).toList());
    }
    assertThat(trials).allSatisfy(it -> assertThat(it.wrong()).as("%s", it).isEmpty());
    assertThat(trials).allSatisfy(it -> assertThat(it.afterwards()).as("%s", it).isPositive());
    assertThat(trials)
        .as("answers by the old revision are seen, or nothing was tried")
        .anySatisfy(it -> assertThat(it.oldAnswers()).isPositive());
    Duration expired = LiveSystem.MAX_AGE.plus(LiveSystem.TIMEOUT).plus(LiveSystem.TTL);
    assertThat(trials)
        .filteredOn(it -> it.outcome() != Outcome.SUCCEEDS)
        .as("without its second flush a publish waits until answers have expired")
        .allSatisfy(it -> assertThat(it.inForce()).isGreaterThanOrEqualTo(expired));
  }

  /** Each as often, in any order. */
  private static List<Outcome> outcomes(Random random) {
    List<Outcome> each = List.of(Outcome.values());
    List<Outcome> outcomes = new ArrayList<>();
    for (int i = 0; i < TRIALS; i++) {
      outcomes.add(each.get(i % each.size()));
    }
    Collections.shuffle(outcomes, random);
    return outcomes;
  }

  private static void say(Outcome outcome, List<LiveSystem.Trial> trials) {
    System.out.println(
        "second flush %s: %d trials, %d answers by the old revision, the last %s after the publish; in force after %s at most"
            .formatted(
                outcome,
                trials.size(),
                trials.stream().mapToLong(LiveSystem.Trial::oldAnswers).sum(),
                longest(trials.stream().map(LiveSystem.Trial::lastOld).toList()),
                longest(trials.stream().map(LiveSystem.Trial::inForce).toList())));
  }

  private static Duration longest(List<Duration> durations) {
    return durations.stream().max(Duration::compareTo).orElse(Duration.ZERO);
  }
}
