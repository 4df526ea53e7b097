package dev.grantway.admin.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.settings.RuleInput.Claim;
import dev.grantway.admin.settings.RuleInput.Field;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import dev.grantway.revision.RowKey;
import dev.grantway.revision.RuleKind;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules as the draft has them, and who may change which. */
class SettingsServiceTest {
  private final World world = new World();
  private final SettingsService service =
      new SettingsService(world.changes, world.repository, world.settings, world.operators);

  @BeforeEach
  void olgaIsSignedIn() {
    world.operators.is("ben", OperatorRight.APPROVER);
    world.operators.is("olga", OperatorRight.OWNER);
  }

  private SettingsPage page() {
    return service.page(world.api(), "prod");
  }

  private String add(RuleInput input) {
    return ((Saved.Staged<Field>) service.save(Optional.empty(), input)).name();
  }

  private Map<Field, List<Sentence>> refused(RuleInput input) {
    return ((Saved.Refused<Field>) service.save(Optional.empty(), input)).byField();
  }

  private static String said(Map<Field, List<Sentence>> why, Field field) {
    return why.getOrDefault(field, List.of()).getFirst().in(Locale.ENGLISH);
  }

  private static RuleInput never(String name, String api, String role, String resource) {
    return new RuleInput.Invariant(
        name, api, Claim.NEVER_ROLE, "", "", role, Set.of(Action.DELETE), resource, "ops, finance");
  }

  @Test
  void theRulesOfThePolicyAreListedWithWhoMayApprove() {
    assertThat(page().approvals())
        .extracting(it -> it.apiName() + " " + it.line().rule().required())
        .containsExactlyInAnyOrder("orders 0", "billing 1");
    assertThat(page().approvals())
        .allSatisfy(it -> assertThat(it.approvers()).containsExactly("ben", "olga"));
    assertThat(page().invariants())
        .extracting(it -> it.rule().name())
        .contains("ops-never-refund", "viewers-can-look");
    assertThat(page().retention()).isEmpty();
  }

  @Test
  void anApprovalRuleIsChangedInTheDraft() {
    var key = new RowKey.OfRule(RuleKind.APPROVAL, World.ORDERS + "/*");
    assertThat(service.save(Optional.of(key), new RuleInput.Approval("orders", "*", "1")))
        .isInstanceOf(Saved.Staged.class);
    assertThat(page().approvals())
        .filteredOn(it -> it.apiName().equals("orders"))
        .singleElement()
        .matches(it -> it.line().staged() == Staging.CHANGED)
        .matches(it -> it.line().rule().required() == 1);
    assertThat(world.repository.live().rules().approvals())
        .filteredOn(it -> it.api().equals(World.ORDERS))
        .allMatch(it -> it.required() == 0);
    assertThat(service.restore(key)).isInstanceOf(Staged.Done.class);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aRuleThatNobodyCouldSatisfyIsRefusedWhereItIsTyped() {
    assertThat(said(refused(new RuleInput.Approval("orders", "prod", "3")), Field.REQUIRED))
        .contains("nobody could publish there");
    assertThat(add(new RuleInput.Approval("orders", "prod", "2"))).contains("prod");
  }

  @Test
  void everyKindIsAddedDeletedAndTakenBack() {
    add(new RuleInput.Limit("ana", Set.of("billing", "no such API")));
    add(
        new RuleInput.Waiver(
            "shadowed clerk-read", "olga", "2026-12-31T00:00:00+01:00", "until OPS-7"));
    add(never("viewers-delete-nothing", "orders", "viewer", "/**"));
    add(new RuleInput.Retention("90"));
    SettingsPage page = page();
    assertThat(page.limits())
        .singleElement()
        .matches(it -> it.staged() == Staging.ADDED)
        .matches(it -> it.rule().apis().size() == 1);
    assertThat(page.waivers()).singleElement().matches(it -> it.rule().owner().equals("olga"));
    assertThat(page.retention())
        .singleElement()
        .matches(it -> it.rule().days().equals(Optional.of(90)));
    assertThat(page.invariants().getLast().rule().except()).containsExactly("ops", "finance");
    page.invariants().forEach(it -> service.remove(it.key()));
    assertThat(page().invariants())
        .as("what was added is gone, what is live is struck out")
        .allMatch(it -> it.staged() == Staging.REMOVED)
        .hasSize(page.invariants().size() - 1);
  }

  @Test
  void anInvariantCanBeOfEachKind() {
    add(
        new RuleInput.Invariant(
            "four-eyes",
            "orders",
            Claim.NEVER_BOTH,
            "POST /orders",
            "POST /orders/{id}/refunds",
            "",
            Set.of(),
            "",
            ""));
    add(
        new RuleInput.Invariant(
            "look", "orders", Claim.ALWAYS, "GET /orders", "", "clerk", Set.of(), "", ""));
    assertThat(page().invariants())
        .extracting(it -> it.rule().claim())
        .contains(new Rules.Invariant.Claim.NeverBoth("POST /orders", "POST /orders/{id}/refunds"))
        .hasAtLeastOneElementOfType(Rules.Invariant.Claim.Always.class);
  }

  @Test
  void everyFieldSaysWhatIsWrongWithIt() {
    assertThat(refused(new RuleInput.Approval("", "no stage", "many")))
        .containsOnlyKeys(Field.API, Field.STAGE, Field.REQUIRED);
    assertThat(said(refused(new RuleInput.Approval("orders", "*", "11")), Field.REQUIRED))
        .contains("0 to 10");
    assertThat(refused(new RuleInput.Limit(" ", Set.of()))).containsOnlyKeys(Field.OPERATOR);
    assertThat(refused(new RuleInput.Waiver("", "", "", "")))
        .containsOnlyKeys(Field.FINDING, Field.OWNER, Field.UNTIL, Field.REASON);
    assertThat(refused(new RuleInput.Waiver("shadowed", "ben", "2026-12-31T00:00:00Z", "x")))
        .as("ben accepts no findings")
        .containsOnlyKeys(Field.OWNER);
    assertThat(refused(never("", "orders", "", "/orders/*")))
        .containsOnlyKeys(Field.NAME, Field.ROLE, Field.RESOURCE);
    assertThat(
            refused(
                new RuleInput.Invariant(
                    "x", "orders", Claim.NEVER_BOTH, "orders", "", "", Set.of(), "", "")))
        .containsOnlyKeys(Field.FIRST, Field.SECOND);
    assertThat(refused(new RuleInput.Retention("0"))).containsOnlyKeys(Field.DAYS);
    assertThat(said(refused(new RuleInput.Retention("a week")), Field.DAYS)).contains("`a week`");
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void anEditorChangesInvariantsAndNothingElse() {
    world.operators.is("ana", OperatorRight.EDITOR);
    assertThat(said(refused(new RuleInput.Approval("orders", "prod", "1")), Field.FORM))
        .contains("only an owner may change");
    assertThat(refused(new RuleInput.Retention("9"))).containsKey(Field.FORM);
    assertThat(service.remove(page().approvals().getFirst().line().key()))
        .isInstanceOf(Staged.Refused.class);
    add(never("mine", "orders", "viewer", "/**"));
    assertThat(world.changes.draft().count()).isEqualTo(1);
  }

  @Test
  void theSameIsNotAddedTwice() {
    assertThat(said(refused(never("ops-never-refund", "orders", "ops", "/**")), Field.FORM))
        .contains("`ops-never-refund` already");
  }

  @Test
  void instancesAreToldTogetherAndAgainstWhatThisAppReckonsWith() {
    assertThat(page().reported()).isEmpty();
    world.heartbeat("one", true, null);
    world.heartbeat("two", true, null);
    assertThat(page().reported())
        .singleElement()
        .matches(it -> it.instances() == 2)
        .matches(it -> it.cacheKey().equals("token+route"))
        .matches(Reported::beyond, "they report an age of 5 s, and this app reckons with 1 s");
    assertThat(service.page(world.api(), "dev").reported()).isEmpty();
  }
}
