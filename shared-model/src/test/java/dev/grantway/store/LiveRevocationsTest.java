package dev.grantway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LiveRevocationsTest {
  private static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");

  private static Revocation subject(long epoch, boolean added, int before, int until) {
    return new Revocation(
        epoch,
        added,
        Revocation.Kind.SUBJECT,
        "corp",
        "alice",
        NOW.plusSeconds(before),
        NOW.plusSeconds(until),
        "olga",
        NOW,
        "");
  }

  private static boolean refuses(LiveRevocations revocations, int issued, int now) {
    return revocations.refuse(
        new LiveRevocations.Token(
            "corp",
            Optional.of("t-1"),
            Optional.of("alice"),
            Optional.empty(),
            Optional.empty(),
            NOW.plusSeconds(issued)),
        NOW.plusSeconds(now));
  }

  @Test
  void aSecondRevocationNeverGivesBackWhatTheFirstRefuses() {
    var revocations =
        LiveRevocations.NONE.with(List.of(subject(1, true, 60, 600), subject(2, true, 0, 900)), 2);
    assertThat(refuses(revocations, 59, 1)).isTrue();
    assertThat(refuses(revocations, 60, 1)).isFalse();
    assertThat(refuses(revocations, 0, 899)).isTrue();
    assertThat(refuses(revocations, 0, 900)).isFalse();
  }

  @Test
  void onlyLiftingGivesBack() {
    var revocations =
        LiveRevocations.NONE.with(List.of(subject(1, true, 60, 600), subject(2, false, 0, 0)), 2);
    assertThat(refuses(revocations, 0, 1)).isFalse();
    assertThat(refuses(revocations.with(List.of(subject(1, true, 60, 600)), 2), 0, 1)).isFalse();
  }
}
