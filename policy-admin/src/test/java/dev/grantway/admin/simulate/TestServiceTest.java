package dev.grantway.admin.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.FailedTest;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.simulate.TestInput.Field;
import dev.grantway.admin.simulate.TestLine.Ran;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Effect;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The policy's tests as a list: run on both sides of the draft, and edited by it. */
class TestServiceTest {
  private static final String READS = "viewers read an order";

  private final World world = new World(World.sample(), sampleTests());
  private final TestService service = new TestService(world.changes, world.operators, world.clock);

  private static List<PolicyTest> sampleTests() {
    return ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).tests();
  }

  private TestsPage page(String filter) {
    return service.page(filter, 0, 100);
  }

  private TestLine line(String name) {
    return page("").lines().stream()
        .filter(it -> it.test().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  /** Fails the test that viewers read an order. */
  private void denyReading() {
    world.changes.stage(
        Sentence.of("label.permission.add", "no"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(world.denial("viewer", "no", "GET", "/orders/{id}")))));
  }

  private static TestInput typed(PolicyTest it, String name, Effect expect) {
    return new TestInput(
        name, it.method(), it.path(), String.join(",", it.caller().roles()), expect, "");
  }

  private String refused(PolicyTest edited, TestInput input, Field field) {
    var why = ((Saved.Refused<Field>) service.save(edited, input)).byField();
    assertThat(why).containsKey(field);
    return why.getOrDefault(field, List.of()).getFirst().in(Locale.ENGLISH);
  }

  @Test
  void everyTestIsRunOnBothSidesOfTheDraft() {
    assertThat(page("").all()).isEqualTo(sampleTests().size());
    assertThat(page("").failingDraft()).isZero();
    denyReading();
    TestLine line = line(READS);
    assertThat(line.live()).isEqualTo(new Ran.Passed());
    assertThat(((Ran.Failed) line.draft()).why()).startsWith("expected ALLOW, got DENY by [no]");
    TestsPage page = page("state:failing");
    assertThat(page.failingLive()).isZero();
    assertThat(world.changes.review().failing())
        .extracting(FailedTest::name)
        .as("just what holds the draft up")
        .containsExactlyElementsOf(page.lines().stream().map(it -> it.test().name()).toList())
        .hasSize(page.failingDraft())
        .contains(READS);
    assertThat(page("state:passing").matching()).isEqualTo(page.all() - page.matching());
  }

  @Test
  void aTestIsChangedDeletedAndTakenBackByDraft() {
    PolicyTest reads = line(READS).test();
    service.save(reads, typed(reads, READS, Effect.DENY));
    assertThat(line(READS).staged()).isEqualTo(Staging.CHANGED);
    assertThat(line(READS).live()).isEqualTo(new Ran.Passed());
    assertThat(line(READS).draft()).isInstanceOf(Ran.Failed.class);
    assertThat(line(READS).test().by()).as("nothing was typed").isEmpty();
    service.restore(READS);
    assertThat(line(READS).test()).isEqualTo(reads);
    service.save(reads, typed(reads, "renamed", Effect.ALLOW));
    assertThat(line(READS).staged()).isEqualTo(Staging.REMOVED);
    assertThat(line(READS).draft()).isEqualTo(new Ran.NotThere());
    assertThat(line("renamed").live()).isEqualTo(new Ran.NotThere());
    assertThat(line("renamed").draft()).isEqualTo(new Ran.Passed());
    world.changes.undo();
    assertThat(service.remove(READS)).isInstanceOf(Staged.Done.class);
    assertThat(page("state:staged").lines())
        .extracting(it -> it.test().name())
        .containsExactly(READS);
  }

  @Test
  void whatIsNoTestIsRefusedAtItsField() {
    PolicyTest reads = line(READS).test();
    String other =
        sampleTests().stream()
            .map(PolicyTest::name)
            .filter(it -> !it.equals(READS))
            .findFirst()
            .orElseThrow();
    assertThat(refused(reads, typed(reads, other, Effect.ALLOW), Field.NAME)).contains("already");
    assertThat(refused(reads, typed(reads, " ", Effect.ALLOW), Field.NAME)).contains("1 to 200");
    var wrong = new TestInput(READS, "BREW", "orders", "viewer", Effect.ALLOW, "a#b");
    assertThat(((Saved.Refused<Field>) service.save(reads, wrong)).byField())
        .containsOnlyKeys(Field.METHOD, Field.PATH, Field.BY);
    assertThat(service.remove("nobody's")).isInstanceOf(Staged.Refused.class);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void whatChangedMeanwhileIsNotOverwritten() {
    PolicyTest seen = line(READS).test();
    service.save(seen, typed(seen, READS, Effect.DENY));
    assertThat(refused(seen, typed(seen, "in another tab", Effect.ALLOW), Field.FORM))
        .contains("changed meanwhile", "nothing was staged");
    assertThat(line(READS).test().expect()).isEqualTo(Effect.DENY);
    service.remove(READS);
    assertThat(refused(seen, typed(seen, READS, Effect.ALLOW), Field.FORM)).contains("any more");
  }

  @Test
  void aRunIsShownInPagesAsItWasUntilTheDataChange() {
    TestsPage first = service.page("", 0, 1);
    world.clock.advance(Duration.ofHours(1));
    TestsPage next = service.page("", 1, 1, first.at());
    assertThat(next.at()).isEqualTo(first.at());
    assertThat(next.lines().getFirst().test()).isNotEqualTo(first.lines().getFirst().test());
    denyReading();
    assertThat(service.page("", 0, 1, first.at()).failingDraft()).isPositive();
  }

  @Test
  void whatATestAsksCanBeSimulatedIfTheFormCanSayIt() {
    var caller =
        new PolicyTest.Caller(
            "corp",
            "alice",
            "cli",
            List.of("all staff"),
            List.of("viewer", "clerk"),
            Map.of(
                "region", new ClaimValue.Text("eu"),
                "code", new ClaimValue.Text("007"),
                "level", new ClaimValue.Number(new BigDecimal("3")),
                "vip", new ClaimValue.Bool(true),
                "teams", ClaimValue.Items.of(List.of("a", "b"))),
            List.of("read", "write"));
    var context =
        new PolicyTest.Context(
            "203.0.113.9",
            Map.of("x-tenant", List.of("acme", "b")),
            Map.of("mode", List.of("test")),
            Instant.parse("2026-12-24T17:00:00Z"));
    PolicyTest reads = line(READS).test();
    PolicyTest test =
        new PolicyTest(
            "x", caller, reads.api(), "prod", "GET", "/orders/42", context, Effect.ALLOW, null, "");
    Simulation asked =
        SimulationReader.read(SimulationTexts.of(test).orElseThrow(), false)
            .simulation()
            .orElseThrow();
    assertThat(asked.caller()).isEqualTo(caller);
    assertThat(asked.context()).isEqualTo(context);
    var opaque =
        new PolicyTest.Caller(
            "",
            "",
            "",
            List.of(),
            List.of(),
            Map.of("address", new ClaimValue.Opaque()),
            List.of());
    assertThat(SimulationTexts.of(test.by(opaque))).isEmpty();
    assertThat(page("").lines()).filteredOn(it -> it.input().isPresent()).hasSizeGreaterThan(5);
  }
}
