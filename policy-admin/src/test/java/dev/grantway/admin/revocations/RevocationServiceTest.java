package dev.grantway.admin.revocations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.revocations.RevocationInput.Field;
import dev.grantway.admin.revocations.RevocationInput.Kind;
import dev.grantway.admin.revocations.RevocationService.Wish;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is refused before its time, and how long that takes. */
class RevocationServiceTest {
  private final World world = new World();
  private final RevocationService service =
      new RevocationService(
          world.repository, world.operators, world.clock, world.activity, world.settings);

  @BeforeEach
  void benIsSignedIn() {
    world.operators.is("ben", OperatorRight.APPROVER);
  }

  private static RevocationInput typed(Kind kind, String value, String until) {
    return new RevocationInput(kind, "corp", value, until, "stolen");
  }

  private Wish read(RevocationInput input) {
    return ((Reading.Read<Wish, Field>) service.read(input)).value();
  }

  private Map<Field, List<Sentence>> problems(RevocationInput input) {
    return ((Reading.Problems<Wish, Field>) service.read(input)).byField();
  }

  private RevocationLine revoke(Kind kind, String value, String until) {
    return ((Revoked.Done) service.revokeNow(read(typed(kind, value, until)))).line();
  }

  @Test
  void whatIsRevokedStandsOnTheBoardUntilItEnds() {
    RevocationLine line = revoke(Kind.SUBJECT, " alice ", "");
    assertThat(line.value()).isEqualTo("alice");
    assertThat(line.until()).isEqualTo(World.START.plus(Duration.ofDays(1)));
    assertThat(line.by()).isEqualTo("ben");
    assertThat(service.board().lines()).containsExactly(line);
    world.pass(Duration.ofDays(1).minusSeconds(1));
    assertThat(service.board().lines()).hasSize(1);
    world.pass(Duration.ofSeconds(1));
    assertThat(service.board().lines()).isEmpty();
    assertThat(service.board().past()).isEqualTo(1);
  }

  @Test
  void aSecondOneOfTheSameIsOneLineAndNeverShorter() {
    revoke(Kind.SUBJECT, "alice", "2026-11-30T00:00:00Z");
    revoke(Kind.SUBJECT, "alice", "2026-11-24T00:00:00Z");
    revoke(Kind.CLIENT, "alice", "2026-11-24T00:00:00Z");
    assertThat(service.board().lines())
        .extracting(it -> it.kind() + " " + it.until())
        .containsExactly("CLIENT 2026-11-24T00:00:00Z", "SUBJECT 2026-11-30T00:00:00Z");
    assertThat(service.board().past()).as("the first one still holds in the second").isZero();
  }

  @Test
  void liftingTakesTheLineAwayAndIsRecorded() {
    RevocationLine line = revoke(Kind.TOKEN_ID, "t-1", "");
    assertThatThrownBy(() -> service.lift(line, " ")).hasMessageContaining("reason");
    assertThat(service.board().lines()).hasSize(1);
    service.lift(line, "found again");
    assertThat(service.board().lines()).isEmpty();
    assertThat(service.board().past()).as("the lift itself is none").isEqualTo(1);
    assertThat(service.all(0, 99)).extracting(it -> it.added()).containsExactly(true, false);
  }

  @Test
  void everyFieldSaysWhatIsWrongWithIt() {
    var why = problems(new RevocationInput(Kind.SUBJECT, " ", "", "2026-11-23T09:00:00Z", ""));
    assertThat(why).containsOnlyKeys(Field.ISSUER, Field.VALUE, Field.UNTIL, Field.REASON);
    assertThat(problems(typed(Kind.SUBJECT, "x".repeat(257), "later")))
        .containsOnlyKeys(Field.VALUE, Field.UNTIL);
    assertThat(
            problems(typed(Kind.SUBJECT, "alice", "2027-11-25T10:00:00Z"))
                .getOrDefault(Field.UNTIL, List.of())
                .getFirst()
                .in(Locale.ENGLISH))
        .contains("within the next 366 days");
    assertThat(service.all(0, 99)).isEmpty();
  }

  @Test
  void theWindowIsWhatSettingsAndInstancesAllow() {
    assertThat(service.board().window().authorizers()).isEqualTo(Duration.ofSeconds(11));
    assertThat(service.board().window().caches()).isEqualTo(Duration.ofSeconds(300));
    assertThat(service.board().window().connections()).containsExactly("live/dev", "live/prod");
    assertThat(service.board().window().stages()).isEqualTo(6);
    world.heartbeat("slow", true, null);
    assertThat(service.board().window().authorizers())
        .as("it reports an age of 5 s")
        .isEqualTo(Duration.ofSeconds(15));
    assertThat(service.board().window().lagging()).isFalse();
    world.heartbeat("cut off", false, null);
    Window window = service.board().window();
    assertThat(window.lagging()).isTrue();
    assertThat(window.authorizers()).isEqualTo(Duration.ofSeconds(70));
    assertThat(revoke(Kind.SUBJECT, "alice", "").inForceBy())
        .isEqualTo(World.START.plusSeconds(370));
  }

  @Test
  void aTableThatStopsAnsweringHalfWayLeavesItOpen() {
    Wish wish = read(typed(Kind.SUBJECT, "alice", ""));
    world.whenAsked(
        () -> {
          if (world.log.days().size() > 0) {
            world.tableFails(new StoreException.Unavailable("down", null));
          }
        });
    assertThat(service.revokeNow(wish)).isEqualTo(new Revoked.Unknown());
  }

  @Test
  void whatCannotBeRecordedIsNotDone() {
    Wish wish = read(typed(Kind.SUBJECT, "alice", ""));
    world.logFails(true);
    assertThatThrownBy(() -> service.revokeNow(wish)).isInstanceOf(StoreException.class);
    world.logFails(false);
    assertThat(service.all(0, 99)).isEmpty();
  }
}
