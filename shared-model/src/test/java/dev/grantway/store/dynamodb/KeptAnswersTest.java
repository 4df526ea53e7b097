package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.KeptAnswers;
import dev.grantway.store.KeptAnswers.Answer;
import dev.grantway.store.KeptAnswers.Call;
import dev.grantway.store.KeptAnswers.Taken;
import dev.grantway.store.StoreException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.model.GetItemRequest;
import software.amazon.awssdk.services.dynamodb.model.PutItemRequest;

/** Answers that are kept in the table and in memory behave alike. */
class KeptAnswersTest {
  static final Answer ANSWER =
      new Answer(
          201,
          Map.of("Content-Type", "application/json", "Location", "/x"),
          Optional.of("{\"id\":\"d\"}"));

  /** Far ahead: what is over by the real clock the table may remove at any moment. */
  private static final Instant NOW = Instant.parse("2126-11-22T10:00:00.5Z");

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private List<KeptAnswers> both() {
    return List.of(
        table.repository(clock).keptAnswers(),
        InMemoryPolicy.of(Policy.EMPTY, clock).keptAnswers());
  }

  private static Call call(String caller, String key, String print) {
    return new Call(caller, key, print);
  }

  @Test
  void aCallIsMadeOnceAndAnsweredAgainForADay() {
    for (KeptAnswers kept : both()) {
      Call call = call("ana", "k#1 \u00FC", "p");
      assertThat(kept.take(call, NOW)).isEqualTo(new Taken.New());
      assertThat(kept.take(call, NOW.plusSeconds(1))).isEqualTo(new Taken.UnderWay(NOW));
      kept.keep(call, NOW.plusSeconds(2), ANSWER);
      assertThat(kept.take(call, NOW.plusSeconds(3))).isEqualTo(new Taken.Done(ANSWER));
      assertThat(kept.take(call("ana", call.key(), "other"), NOW.plusSeconds(3)))
          .isEqualTo(new Taken.OfAnother());
      assertThat(kept.take(call("ben", call.key(), "other"), NOW))
          .as("keys are each caller's own")
          .isEqualTo(new Taken.New());
      Instant later = NOW.plusSeconds(2).plus(KeptAnswers.KEPT);
      assertThat(kept.take(call, later.minusSeconds(1))).isEqualTo(new Taken.Done(ANSWER));
      assertThat(kept.take(call("ana", call.key(), "other"), later.plusSeconds(1)))
          .as("over, whether or not it is removed")
          .isEqualTo(new Taken.New());
    }
  }

  @Test
  void whatNothingCameOfMayBeMadeAgainAndWhatIsLostMayNot() {
    for (KeptAnswers kept : both()) {
      Call call = call("ana", "k", "p");
      assertThat(kept.take(call, NOW)).isEqualTo(new Taken.New());
      kept.forget(call);
      assertThat(kept.take(call, NOW)).isEqualTo(new Taken.New());
      Instant lost = NOW.plus(KeptAnswers.LONGEST);
      assertThat(kept.take(call, lost.minusMillis(1))).isEqualTo(new Taken.UnderWay(NOW));
      assertThat(kept.take(call, lost)).isEqualTo(new Taken.Unknown(NOW));
    }
  }

  @Test
  void ofWhatIsLostNobodyKnowsAnythingFromThenOn() {
    for (KeptAnswers kept : both()) {
      Call call = call("ana", "k", "p");
      kept.lose(call, NOW);
      assertThat(kept.take(call, NOW)).as("nothing was taken").isEqualTo(new Taken.New());
      kept.lose(call, NOW);
      assertThat(kept.take(call, NOW.plusSeconds(1))).isEqualTo(new Taken.Unknown(NOW));
      assertThat(kept.take(call("ana", "k", "other"), NOW)).isEqualTo(new Taken.OfAnother());
      Instant over = NOW.plus(KeptAnswers.KEPT).plusSeconds(1);
      assertThat(kept.take(call, over)).isEqualTo(new Taken.New());
      kept.keep(call, over, ANSWER);
      kept.lose(call, over);
      assertThat(kept.take(call, over)).as("it was answered").isEqualTo(new Taken.Done(ANSWER));
    }
  }

  /** Whoever was not told that the key is theirs does not make the call. */
  @Test
  void aKeyWhoseTakingFailedIsFreeAndAnothersStaysTaken() {
    Call call = call("ana", "k", "p");
    var loses = new AtomicBoolean(true);
    KeptAnswers losing =
        kept(
            request -> {
              if (request instanceof PutItemRequest put && loses.getAndSet(false)) {
                table.client.putItem(put);
                throw SdkClientException.create("connection reset");
              }
            });
    assertThatThrownBy(() -> losing.take(call, NOW)).isInstanceOf(StoreException.Unavailable.class);
    assertThat(loses).isFalse();
    assertThat(losing.take(call, NOW.plusSeconds(1))).isEqualTo(new Taken.New());
    KeptAnswers blind =
        kept(
            request -> {
              if (request instanceof GetItemRequest) {
                throw SdkClientException.create("connection reset");
              }
            });
    assertThatThrownBy(() -> blind.take(call, NOW)).isInstanceOf(StoreException.Unavailable.class);
    assertThat(losing.take(call, NOW.plusSeconds(2)))
        .isEqualTo(new Taken.UnderWay(NOW.plusSeconds(1)));
  }

  private KeptAnswers kept(Consumer<Object> before) {
    return new DynamoPolicyRepository(table.before(before), table.name, clock).keptAnswers();
  }

  @Test
  void aLongAnswerIsWhole() {
    for (KeptAnswers kept : both()) {
      Call call = call("ana", "k", "p");
      kept.take(call, NOW);
      var answer = new Answer(200, Map.of(), Optional.of("\u00FC\uD83D\uDE00\"x".repeat(50_000)));
      kept.keep(call, NOW, answer);
      assertThat(kept.take(call, NOW)).isEqualTo(new Taken.Done(answer));
      kept.keep(call, NOW, new Answer(202, Map.of(), Optional.empty()));
      assertThat(kept.take(call, NOW))
          .isEqualTo(new Taken.Done(new Answer(202, Map.of(), Optional.empty())));
    }
  }

  /** Also where an older one of the key is over. */
  @Test
  void ofManyInstancesAtOnceOneAloneMakesTheCall() throws Exception {
    for (Duration before : List.of(Duration.ZERO, KeptAnswers.KEPT.plusSeconds(5))) {
      Call call = call("ana", "k" + before, "p");
      if (!before.isZero()) {
        table.repository(clock).keptAnswers().take(call, NOW.minus(before));
      }
      var takes = new ArrayList<Callable<Taken>>();
      for (int i = 0; i < 16; i++) {
        takes.add(() -> table.repository(clock).keptAnswers().take(call, NOW));
      }
      int made = 0;
      try (var threads = Executors.newFixedThreadPool(8)) {
        for (Future<Taken> taken : threads.invokeAll(takes)) {
          made += taken.get() instanceof Taken.New ? 1 : 0;
          assertThat(taken.get()).isInstanceOfAny(Taken.New.class, Taken.UnderWay.class);
        }
      }
      assertThat(made).isEqualTo(1);
    }
  }
}
