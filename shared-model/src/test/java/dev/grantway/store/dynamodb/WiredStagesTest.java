package dev.grantway.store.dynamodb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.analysis.Severity;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.revision.Sha256;
import dev.grantway.store.InMemoryPolicy;
import dev.grantway.store.StoreException;
import dev.grantway.store.WiredStage;
import dev.grantway.store.WiredStages;
import dev.grantway.store.WiringCheck;
import dev.grantway.wiring.WiringFault;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Connected stages in the table and in memory behave alike. */
class WiredStagesTest {
  private static final Instant AT = Instant.parse("2026-11-27T10:00:00.123Z");
  static final WiredStage STAGE =
      new WiredStage(
          new ApiId("a1"), "$default", "eu-west-1", "", "header:Authorization", "zoë", AT);

  private final LocalTable table = new LocalTable();
  private final TestClock clock = new TestClock();

  @AfterEach
  void close() {
    table.close();
  }

  private List<WiredStages> both() {
    return List.of(
        table.repository(clock).wiredStages(),
        InMemoryPolicy.of(Policy.EMPTY, clock).wiredStages());
  }

  private static WiredStages.Kept kept(WiredStages stages) {
    return stages.kept(STAGE.api(), STAGE.stage()).orElseThrow();
  }

  /** Of 300 routes, which is more than stands in an item as it is. */
  private static WiringCheck check(String problem) {
    var facts = new TreeMap<String, String>();
    for (int i = 0; i < 300; i++) {
      facts.put("route GET /a/{b}/c" + i, "asks `x\ny`");
    }
    var fault =
        new WiringFault(
            "ttl-differs", Severity.WARNING, "what", "fix", List.of("GET /a", "POST /a"));
    return new WiringCheck(
        AT,
        problem,
        facts,
        AT.minusSeconds(5),
        new TreeMap<>(),
        List.of(new WiringCheck.Found(fault, AT, List.of("aws a", "aws b"), "attach()")));
  }

  @Test
  void stagesAreConnectedAndDisconnectedWithWhatWasFound() {
    for (WiredStages stages : both()) {
      assertThat(stages.all()).isEmpty();
      stages.connect(STAGE);
      var other = new WiredStage(new ApiId("a1"), "prod", "", "own", "query:t", "ana", AT);
      stages.connect(other);
      assertThat(stages.all()).containsExactly(STAGE, other);
      assertThat(stages.find(new ApiId("a1"), "prod")).contains(other);
      assertThat(stages.check(STAGE.api(), STAGE.stage())).isEmpty();
      var none = new WiredStages.Kept(check("gone"), "0".repeat(64));
      assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), none, check("")))
          .as("nothing is kept yet")
          .isFalse();
      assertThat(stages.keepFirst(STAGE.api(), STAGE.stage(), check(""))).isTrue();
      assertThat(stages.check(STAGE.api(), STAGE.stage())).contains(check(""));
      assertThat(stages.keepFirst(STAGE.api(), STAGE.stage(), check("late"))).isFalse();
      WiredStages.Kept first = kept(stages);
      assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), first, check("denied"))).isTrue();
      assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), first, check("late")))
          .as("somebody was first")
          .isFalse();
      assertThat(stages.check(STAGE.api(), STAGE.stage())).contains(check("denied"));
      WiredStages.Kept denied = kept(stages);
      stages.disconnect(STAGE);
      assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), denied, check("")))
          .as("it was disconnected meanwhile")
          .isFalse();
      assertThat(stages.all()).containsExactly(other);
      assertThat(stages.find(STAGE.api(), STAGE.stage())).isEmpty();
      assertThat(stages.check(STAGE.api(), STAGE.stage())).isEmpty();
      stages.connect(STAGE);
      assertThat(stages.check(STAGE.api(), STAGE.stage())).isEmpty();
    }
  }

  @Test
  void oneProcessAloneHasTheTurnUntilItIsOver() {
    for (WiredStages stages : both()) {
      Instant now = AT;
      Instant until = now.plus(Duration.ofMinutes(15));
      assertThat(stages.takeTurn(STAGE.api(), STAGE.stage(), now, until)).isTrue();
      assertThat(stages.takeTurn(STAGE.api(), STAGE.stage(), now, until)).isFalse();
      assertThat(stages.takeTurn(STAGE.api(), "prod", now, until)).isTrue();
      Instant later = until.plusSeconds(1);
      assertThat(stages.takeTurn(STAGE.api(), STAGE.stage(), later, later.plusSeconds(60)))
          .isTrue();
      assertThat(stages.takeTurn(STAGE.api(), STAGE.stage(), later, later.plusSeconds(60)))
          .isFalse();
    }
  }

  @Test
  void whatAnEarlierReleaseKeptIsReplaced() {
    Table items = Table.of(table.client, table.name);
    WiredStages stages = table.repository(clock).wiredStages();
    assertThat(stages.keepFirst(STAGE.api(), STAGE.stage(), check(""))).isTrue();
    Item kept = items.get(Keys.WIRED, "R#a1#$default").orElseThrow();
    Item.Builder without = Item.of(Keys.WIRED, "R#a1#$default");
    items.put(without.bytes("body", kept.bytes("body")).flag("z").build());
    assertThat(stages.check(STAGE.api(), STAGE.stage())).contains(check(""));
    assertThat(stages.keepFirst(STAGE.api(), STAGE.stage(), check("late"))).isFalse();
    WiredStages.Kept earlier = kept(stages);
    assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), earlier, check("denied"))).isTrue();
    assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), earlier, check("late"))).isFalse();
    assertThat(stages.check(STAGE.api(), STAGE.stage())).contains(check("denied"));
  }

  @Test
  void whatALaterReleaseKeptIsReadAndReplaced() {
    Table items = Table.of(table.client, table.name);
    WiredStages stages = table.repository(clock).wiredStages();
    assertThat(stages.keepFirst(STAGE.api(), STAGE.stage(), check(""))).isTrue();
    Item kept = items.get(Keys.WIRED, "R#a1#$default").orElseThrow();
    String more =
        new String(Body.get(kept), UTF_8)
            .replaceFirst("^\\{", "{\"asked\":\"GetStage\",")
            .replace("{\"code\":", "{\"asks\":\"x\",\"code\":");
    assertThat(more).contains("\"asked\":", "\"asks\":");
    Item.Builder later = Item.of(Keys.WIRED, "R#a1#$default");
    Body.put(later, more.getBytes(UTF_8));
    items.put(later.text("digest", Sha256.hex(more.getBytes(UTF_8))).build());
    WiredStages.Kept read = kept(stages);
    assertThat(read.check()).isEqualTo(check(""));
    assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), read, check("denied"))).isTrue();
    assertThat(stages.keepAfter(STAGE.api(), STAGE.stage(), read, check("late"))).isFalse();
    assertThat(stages.check(STAGE.api(), STAGE.stage())).contains(check("denied"));
  }

  @Test
  void aStateIsOfFactsAlone() {
    assertThat(check("denied").state()).isEqualTo(check("").state()).hasSize(64);
    var facts = new TreeMap<>(check("").facts());
    facts.put("ttl", "60");
    var other = new WiringCheck(AT, "", facts, AT, new TreeMap<>(), List.of());
    assertThat(other.state()).isNotEqualTo(check("").state());
  }

  @Test
  void whatIsDamagedIsSaid() {
    Table items = Table.of(table.client, table.name);
    items.put(Item.of(Keys.WIRED, "C#a1#prod").text("body", "{\"api\":\"a1\"}").build());
    WiredStages stages = table.repository(clock).wiredStages();
    assertThatThrownBy(stages::all)
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining("wiring `C#a1#prod` is damaged");
  }

  @Test
  void namesThatCannotBeKeptAreRefused() {
    for (String stage : List.of("", "a#b", "a\nb", "x".repeat(129))) {
      assertThatThrownBy(
              () -> new WiredStage(new ApiId("a1"), stage, "", "", "header:A", "ana", AT))
          .as(stage)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}
