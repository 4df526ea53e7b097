package dev.grantway.authorizer.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.authorizer.SigningKeys;
import dev.grantway.authorizer.TestClock;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** TOKENS step 7 and key sets: how often an issuer is asked, and what an outage leaves. */
class CachedKeysTest {
  private final TestClock clock = new TestClock();
  private final AtomicInteger fetches = new AtomicInteger();
  private final List<String> failures = new ArrayList<>();
  private volatile String published = SigningKeys.keySet("r1", "e1");
  private final List<SkippedKey> skipped = new ArrayList<>();
  private final KeySetEvents events =
      new KeySetEvents() {
        @Override
        public void failed(String reason) {
          failures.add(reason);
        }

        @Override
        public void skipped(List<SkippedKey> keys) {
          skipped.addAll(keys);
        }
      };
  private final CachedKeys keys = new CachedKeys(this::fetch, clock, events);

  private KeySet fetch() throws FetchFailedException {
    fetches.incrementAndGet();
    return KeySet.read(published.getBytes(StandardCharsets.UTF_8))
        .filter(set -> !set.empty())
        .orElseThrow(() -> FetchFailedException.unanswered("down"));
  }

  private KeyLookup find(String id) throws KeysUnavailableException {
    return keys.find(Optional.of(id), id.startsWith("e") ? Algorithm.ES256 : Algorithm.RS256);
  }

  private void assertFound(String id) throws KeysUnavailableException {
    assertThat(find(id)).isInstanceOf(KeyLookup.Found.class);
  }

  @Test
  void nothingIsFetchedBeforeAKeyIsAskedFor() throws Exception {
    assertThat(fetches).hasValue(0);
    assertFound("r1");
    assertFound("e1");
    assertThat(fetches).hasValue(1);
  }

  @Test
  void setIsRefreshedBeforeItsFiveMinutesEnd() throws Exception {
    assertFound("r1");
    clock.advance(Duration.ofSeconds(269));
    assertFound("r1");
    assertThat(fetches).hasValue(1);
    published = SigningKeys.keySet("r2");
    clock.advance(Duration.ofSeconds(1));
    assertFound("r2");
    assertThat(fetches).hasValue(2);
  }

  @Test
  void unknownIdFetchesAtMostOnceInThirtySeconds() throws Exception {
    assertFound("r1");
    for (int i = 0; i < 500; i++) {
      assertThat(find("x" + i)).isEqualTo(new KeyLookup.Missing(false));
    }
    assertThat(fetches).hasValue(1);
    clock.advance(Duration.ofSeconds(30));
    assertThat(find("x")).isEqualTo(new KeyLookup.Missing(true));
    assertThat(find("y")).isEqualTo(new KeyLookup.Missing(false));
    assertThat(fetches).hasValue(2);
  }

  @Test
  void unknownIdIsRememberedUntilTheSetChanges() throws Exception {
    assertFound("r1");
    clock.advance(Duration.ofSeconds(30));
    find("r2");
    clock.advance(Duration.ofSeconds(31));
    find("r2");
    assertThat(fetches).hasValue(2);
    published = SigningKeys.keySet("r1", "r2");
    find("other");
    assertThat(fetches).hasValue(3);
    assertFound("r2");
  }

  @Test
  void unusableKeysAreToldOfOncePerSet() throws Exception {
    published = published.replace("{\"keys\":[", "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"},");
    assertFound("r1");
    clock.advance(Duration.ofSeconds(270));
    assertFound("r1");
    assertThat(fetches).hasValue(2);
    assertThat(skipped).containsExactly(new SkippedKey(0, "private or symmetric"));
  }

  @Test
  void rotatedKeyIsFoundAtOnceAfterThirtySeconds() throws Exception {
    assertFound("r1");
    published = SigningKeys.keySet("r1", "r2");
    clock.advance(Duration.ofSeconds(30));
    assertFound("r2");
  }

  @Test
  void recoveredIssuerWorksAfterAShortBackOff() throws Exception {
    published = "";
    assertThatThrownBy(() -> find("r1")).isInstanceOf(KeysUnavailableException.class);
    assertThatThrownBy(() -> find("r1")).isInstanceOf(KeysUnavailableException.class);
    assertThat(fetches).hasValue(1);
    published = SigningKeys.keySet("r1");
    clock.advance(Duration.ofMillis(250));
    assertFound("r1");
    assertThat(failures).containsExactly("down");
  }

  @Test
  void backOffGrowsToFiveSecondsAndNoFurther() {
    published = "";
    for (int i = 0; i < 100; i++) {
      assertThatThrownBy(() -> find("r1")).isInstanceOf(KeysUnavailableException.class);
      clock.advance(Duration.ofMillis(250));
    }
    // 25 seconds: at 0, 0.25, 1.25, then every 5 s.
    assertThat(fetches).hasValue(7);
  }

  @Test
  void outageOrEmptySetKeepsTheLastGoodSetForADay() throws Exception {
    assertFound("r1");
    for (var broken : List.of("", "<html>", "{\"keys\":[]}")) {
      published = broken;
      clock.advance(Duration.ofHours(6));
      assertFound("r1");
      assertThat(find("r2")).isEqualTo(new KeyLookup.Missing(false));
    }
    clock.advance(Duration.ofHours(6));
    assertThatThrownBy(() -> find("r1")).isInstanceOf(KeysUnavailableException.class);
  }

  @Test
  void callersAtOnceShareOneFetch() throws Exception {
    var inside = new CountDownLatch(1);
    var go = new CountDownLatch(1);
    var slow =
        new CachedKeys(
            () -> {
              inside.countDown();
              try {
                go.await();
              } catch (InterruptedException e) {
                throw FetchFailedException.unanswered("interrupted");
              }
              return fetch();
            },
            clock,
            events);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<KeyLookup>> lookups = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        lookups.add(threads.submit(() -> slow.find(Optional.of("r1"), Algorithm.RS256)));
      }
      inside.await();
      go.countDown();
      for (var lookup : lookups) {
        assertThat(lookup.get()).isInstanceOf(KeyLookup.Found.class);
      }
    }
    assertThat(fetches).hasValue(1);
  }
}
