package dev.grantway.store.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.store.Heartbeat;
import dev.grantway.store.InMemoryPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Instances report themselves over and over, and are forgotten when they stop. */
class HeartbeatsTest {
  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();
  private final DynamoPolicyRepository repository = table.repository(clock);
  private final InMemoryPolicy memory = InMemoryPolicy.of(Policy.EMPTY, clock);

  /** DynamoDB Local removes what has expired by the time of day, in the middle of a test. */
  @BeforeEach
  void nothingExpiresByTheTimeOfDay() {
    clock.move(Duration.ofDays(50_000));
  }

  @AfterEach
  void close() {
    table.close();
  }

  private Heartbeat beat(String instance, String stage, Set<Set<RoleName>> roleSets) {
    return new Heartbeat(
        instance,
        "a",
        stage,
        clock.instant(),
        7,
        false,
        "token+route",
        Duration.ofSeconds(300),
        Duration.ofMillis(1_500),
        Duration.ofSeconds(10),
        8_192,
        Optional.of(Instant.parse("2026-12-24T18:00:00Z")),
        Optional.of(new Heartbeat.Told("query:token", true, false)),
        roleSets);
  }

  private static Set<RoleName> roles(String... names) {
    return Set.of(names).stream().map(RoleName::new).collect(Collectors.toSet());
  }

  private void report(Heartbeat beat) {
    table.reader().heartbeats().report(beat);
    memory.report(beat);
  }

  private List<Heartbeat> listed() {
    assertThat(memory.heartbeats()).isEqualTo(repository.heartbeats());
    return repository.heartbeats();
  }

  @Test
  void whatIsReportedIsReadAsItWas() {
    var one = beat("i1", "prod", Set.of(roles(), roles("a"), roles("a", "b")));
    report(one);
    assertThat(listed()).containsExactly(one);
  }

  @Test
  void olderInstancesDoNotTellHowTheirApiAsksThem() {
    var told = beat("i1", "prod", Set.of());
    var older =
        new Heartbeat(
            told.instance(),
            told.api(),
            told.stage(),
            told.at(),
            told.revision(),
            told.live(),
            told.cacheKey(),
            told.cacheTtl(),
            told.maxAge(),
            told.timeout(),
            told.policyBytes(),
            told.observeUntil(),
            told.roleSets());
    report(older);
    assertThat(listed()).containsExactly(older);
    assertThat(listed().getFirst().told()).isEmpty();
  }

  @Test
  void laterReportReplacesTheOneBeforeAndOthersStay() {
    report(beat("i1", "prod", Set.of(roles("a"))));
    var other = beat("i2", "prod", Set.of());
    var dev = beat("i1", "dev", Set.of());
    report(other);
    report(dev);
    clock.move(Duration.ofMinutes(1));
    var later = beat("i1", "prod", Set.of(roles("b")));
    report(later);
    assertThat(listed()).containsExactly(dev, later, other);
  }

  @Test
  void instanceThatStoppedIsNoLongerListedAndGoesByItself() {
    report(beat("i1", "prod", Set.of()));
    clock.move(Duration.ofMinutes(15).minusSeconds(1));
    assertThat(listed()).hasSize(1);
    clock.move(Duration.ofSeconds(1));
    assertThat(listed()).isEmpty();
    var item = table.everything().stream().filter(it -> it.pk().equals("BEAT")).toList();
    assertThat(item)
        .singleElement()
        .satisfies(it -> assertThat(it.number("ttl")).isEqualTo(clock.instant().getEpochSecond()));
    var ttl = table.client.describeTimeToLive(b -> b.tableName(table.name));
    assertThat(ttl.timeToLiveDescription().attributeName()).isEqualTo("ttl");
  }

  @Test
  void aSetThatDoesNotFitSilencesNoOther() {
    var sets = new LinkedHashSet<Set<RoleName>>();
    sets.add(roles("newest"));
    sets.add(
        IntStream.range(0, 250)
            .mapToObj(i -> new RoleName("a-role-of-some-length-" + i))
            .collect(Collectors.toSet()));
    sets.add(roles("oldest"));
    table.reader().heartbeats().report(beat("i1", "prod", sets));
    assertThat(repository.heartbeats().getFirst().roleSets())
        .containsExactlyInAnyOrder(roles("newest"), roles("oldest"));
  }

  @Test
  void manyRoleSetsStayWithinFourWriteUnits() {
    Set<Set<RoleName>> many = new HashSet<>();
    IntStream.range(0, Heartbeat.MOST_ROLE_SETS)
        .forEach(i -> many.add(roles("a-role-of-some-length-" + i, "b")));
    table.calls();
    table.reader().heartbeats().report(beat("i1", "prod", many));
    assertThat(table.calls())
        .singleElement()
        .satisfies(call -> assertThat(call.units()).isLessThanOrEqualTo(4));
    assertThat(repository.heartbeats().getFirst().roleSets())
        .hasSizeBetween(50, 199)
        .isSubsetOf(many);
    many.add(roles("one-more"));
    assertThatThrownBy(() -> beat("i1", "prod", many)).hasMessageContaining("at most 200");
  }
}
