package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Assignments;
import dev.grantway.store.Bundle;
import dev.grantway.store.Head;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.PolicyReader;
import dev.grantway.store.Revocation;
import dev.grantway.store.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many reads an answer waits for, one after another, whatever the policy holds besides. */
@Timeout(60)
class ReadsTest {
  private static final Duration MAX_AGE = Duration.ofSeconds(5);

  private final TestClock clock = new TestClock();

  private static final int A_ROLE = 1_000;

  /** Other roles', a thousand each, beside what the caller has. */
  private static Policies policyWith(int permissions) {
    var policies =
        Policies.orders()
            .role("base")
            .role("named", "viewer")
            .role("assigned", "base")
            .allow("p", "base", "GET", "/orders/search")
            .allow("n", "named", "GET", "/")
            .allow("a", "assigned", "POST", "/orders")
            .assign(
                new Assignment(
                    new RoleName("assigned"), "corp", Assignment.Kind.SUBJECT, "alice", null));
    for (int i = 0; i < permissions; i++) {
      String other = "other" + i / A_ROLE;
      if (i % A_ROLE == 0) {
        policies.role(other);
      }
      policies.allow("o" + i, other, "GET", "/orders/" + i);
    }
    return policies;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1_000})
  void missTakesThreeRoundsAndNothingElseReadsButHead(int permissions) {
    var table = new InRounds(InMemoryPolicy.of(policyWith(permissions).policy(), clock));
    var handler = new AuthorizerHandler(HandlerWorld.settings(Map.of()), table, clock, _ -> {});
    table.expect(List.of(Set.of("head"), Set.of("api", "subjects bob", "slice authenticated")));
    assertThat(ask(handler, "bob")).contains("Deny");
    table.expect(
        List.of(
            Set.of("subjects alice", "slice named"),
            Set.of("slice viewer", "slice assigned"),
            Set.of("slice base")));
    assertThat(ask(handler, "alice", "named")).contains("Allow").contains("\"roles\":\"assigned,");
    assertThat(table.ended).as("reads of a miss").hasSize(5);
    table.expect(List.of());
    assertThat(ask(handler, "alice", "named")).contains("Allow");
    assertThat(table.ended).as("reads while head is fresh").isEmpty();
    clock.advance(MAX_AGE.plusMillis(1));
    table.expect(List.of(Set.of("head")));
    assertThat(ask(handler, "alice", "named")).contains("Allow");
    assertThat(table.ended).as("reads when head is old").containsExactly("head");
  }

  /** {@code ./grantway bench reads}. */
  @Tag("bench")
  @Timeout(1_200)
  @ParameterizedTest
  @ValueSource(ints = {100_000, 1_000_000})
  void bigPoliciesCostTheSameReads(int permissions) {
    missTakesThreeRoundsAndNothingElseReadsButHead(permissions);
  }

  private String ask(AuthorizerHandler handler, String subject, String... roles) {
    var token = HandlerWorld.tokenAt(clock.instant(), subject, "", roles);
    var event = HandlerWorld.request("GET", "/orders/search", "/orders/search", token);
    return new String(handler.answer(event), StandardCharsets.UTF_8);
  }

  /**
   * A table whose reads end when every other of their round has begun: were they begun one after
   * another, the first would wait in vain. One that belongs to no round fails.
   */
  private static final class InRounds implements PolicyReader {
    private static final long LONGEST_SECONDS = 4;

    private final InMemoryPolicy memory;
    final ConcurrentLinkedQueue<String> ended = new ConcurrentLinkedQueue<>();
    private volatile List<Round> rounds = List.of();

    private record Round(Set<String> reads, CountDownLatch begun) {}

    InRounds(InMemoryPolicy memory) {
      this.memory = memory;
    }

    void expect(List<Set<String>> expected) {
      ended.clear();
      rounds =
          expected.stream()
              .map(reads -> new Round(reads, new CountDownLatch(reads.size())))
              .toList();
    }

    private <T> T read(String what, Supplier<T> value) {
      var round =
          rounds.stream()
              .filter(it -> it.reads().contains(what))
              .findFirst()
              .orElseThrow(() -> new IllegalStateException("nobody expects `" + what + "`"));
      round.begun().countDown();
      try {
        if (!round.begun().await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
          throw new IllegalStateException("`" + what + "` waits for the others of its round");
        }
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
      ended.add(what);
      return value.get();
    }

    @Override
    public Head head() {
      return read("head", memory::head);
    }

    @Override
    public Bundle<Slice> slice(RoleName role, ApiId api, Head at) {
      return read("slice " + role, () -> memory.slice(role, api, at));
    }

    @Override
    public Bundle<Api> api(ApiId id, Head at) {
      return read("api", () -> memory.api(id, at));
    }

    /** In memory all subjects share one bundle, which the table does not do. */
    @Override
    public Bundle<Assignments> subjects(String issuer, String subject, Head at) {
      return read("subjects " + subject, () -> memory.subjects(issuer, subject, at));
    }

    @Override
    public Bundle<Assignments> clients(String issuer, Head at) {
      return read("clients", () -> memory.clients(issuer, at));
    }

    @Override
    public Bundle<Assignments> groups(String issuer, Head at) {
      return read("groups", () -> memory.groups(issuer, at));
    }

    @Override
    public List<Revocation> revocations(long since) {
      return read("revocations", () -> memory.revocations(since));
    }
  }
}
