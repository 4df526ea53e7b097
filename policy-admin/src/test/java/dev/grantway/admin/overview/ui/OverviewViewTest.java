package dev.grantway.admin.overview.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.overview.Overview;
import dev.grantway.admin.overview.OverviewService;
import dev.grantway.admin.overview.SetupStep;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.analysis.FindingCode;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ViewPackages(packages = "dev.grantway.admin")
class OverviewViewTest extends ViewTest {
  private static final String OVERVIEW = "a/orders/prod/overview";

  @Autowired private OverviewService overviews;

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private Overview overview() {
    return overviews.overview(world.api(), "prod");
  }

  private boolean isDone(SetupStep.Kind kind) {
    boolean shown = isThere("setup " + kind + " done");
    assertThat(shown).isNotEqualTo(isThere("setup " + kind + " todo"));
    return shown;
  }

  @Test
  void whatIsSetUpIsTickedFromWhatThereIs() {
    anew(OVERVIEW);
    assertThat(isDone(SetupStep.Kind.ROUTES)).isTrue();
    assertThat(isDone(SetupStep.Kind.PERMISSIONS)).isTrue();
    assertThat(isDone(SetupStep.Kind.PEOPLE)).isFalse();
    assertThat(isDone(SetupStep.Kind.REPORTED)).isFalse();
    assertThat(isDone(SetupStep.Kind.SERVED)).isFalse();
    assertThat(isDone(SetupStep.Kind.COPIES)).isFalse();
    world.heartbeat("one", 1, true, null);
    anew(OVERVIEW);
    assertThat(isDone(SetupStep.Kind.PEOPLE)).as("a role set was seen").isTrue();
    assertThat(isDone(SetupStep.Kind.REPORTED)).isTrue();
    assertThat(isDone(SetupStep.Kind.SERVED)).isTrue();
    world.heartbeat("two", 0, false, null);
    anew(OVERVIEW);
    assertThat(isDone(SetupStep.Kind.SERVED)).as("another instance cannot read").isFalse();
  }

  @Test
  void copiesOutsideAreTickedAsFarAsTheProcessHasSeen() {
    world.checkpoints.copied = true;
    anew(OVERVIEW);
    world.checkpoints.copied = false;
    assertThat(isDone(SetupStep.Kind.COPIES)).isTrue();
  }

  @Test
  void anAssignmentMakesSomebodyHaveARole() {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(
                    new RoleName("clerk"), "dev", Assignment.Kind.SUBJECT, "mia", null))));
    anew(OVERVIEW);
    assertThat(isDone(SetupStep.Kind.PEOPLE)).isTrue();
  }

  @Test
  void everyNumberIsThatOfTheService() {
    world.heartbeat("one", 1, true, null);
    world.heartbeat("two", 0, false, Instant.parse("2026-12-24T18:00:00Z"));
    anew(OVERVIEW);
    Overview it = overview();
    assertThat(it.instances()).hasSize(2);
    assertThat(textOf("overview-setup"))
        .contains("Set-up: " + it.done() + " of " + it.setup().size() + " done");
    assertThat(textOf("overview-live"))
        .contains("#" + it.head().orElseThrow().number(), "2 authorizers asked lately")
        .contains("it cannot read the table", "observes until 2026-12-24 18:00:00");
    assertThat(page()).contains("orders · prod · " + world.api().routes().routes().size());
    overviews
        .findings(World.ORDERS)
        .known()
        .orElseThrow()
        .byCode()
        .forEach(
            (code, findings) ->
                assertThat(textOf("finding " + code.text()))
                    .startsWith(Integer.toString(findings.size()))
                    .contains(findings.getFirst().message()));
  }

  @Test
  void aFindingOfThePolicyIsCounted() {
    world.behind(
        Change.add(
            new PolicyRow.OfPermission(world.permission("viewer", "nowhere", "GET", "/nowhere"))));
    anew(OVERVIEW);
    assertThat(
            overviews
                .findings(World.ORDERS)
                .known()
                .orElseThrow()
                .byCode()
                .get(FindingCode.UNREACHABLE))
        .hasSize(1);
    assertThat(textOf("finding unreachable")).startsWith("1").contains("nowhere");
  }

  @Test
  void draftsThatLackMyApprovalWaitForMeAndForNobodyElse() {
    var billing = world.repository.live().policy().apiNamed("billing").orElseThrow();
    world.operators.is("ana", OperatorRight.EDITOR);
    world.changes.stage(
        Sentence.of("label.permission.add", "x"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    of(billing.id(), world.permission("viewer", "x", "GET", "/invoices"))))));
    anew(OVERVIEW);
    assertThat(isThere("mine draft of ana")).isTrue();
    assertThat(textOf("overview-waiting")).doesNotContain("approval");
    signIn("ben", "approver");
    anew(OVERVIEW);
    assertThat(isThere("waiting draft of ana")).isTrue();
    assertThat(overview().waiting()).hasSize(1);
    assertThat(textOf("overview-waiting"))
        .contains("1 draft waits for your approval", "You have no open draft");
  }

  private static Permission of(ApiId api, Permission it) {
    return new Permission(
        it.id(),
        it.role(),
        it.effect(),
        api,
        it.stage(),
        it.actions(),
        it.resource(),
        it.condition(),
        it.validity(),
        it.note());
  }

  @Test
  void withoutAnyApiAnOwnerLoadsTheSample() {
    var rows = PolicyRows.of(World.sample());
    world.behind(PolicyRows.diff(rows, new TreeMap<>()).toArray(Change[]::new));
    open("");
    assertThat(page()).contains("The policy holds no API", "An owner can load");
    assertThat(isThere("load-sample")).isFalse();
    signIn("olga", "owner");
    open("nowhere");
    open("");
    press("load-sample");
    assertThat(path()).isEqualTo(OVERVIEW);
    assertThat(world.repository.live().apis()).hasSize(3);
    assertThat(world.repository.revision(3).orElseThrow().operator()).isEqualTo("olga");
    assertThat(overviews.loadSample()).as("there are APIs now").isPresent();
  }

  @Test
  void whileTheTableIsDownThePageSaysSo() {
    open("a/orders/prod/roles");
    world.tableFails(new StoreException.Unavailable("down", null));
    open(OVERVIEW);
    assertThat(isThere("error-table")).isTrue();
  }

  @Test
  void theShortAddressLeadsThereToo() {
    open("a/orders/prod");
    assertThat(isThere("overview-live")).isTrue();
    assertThat(isThere("nav-overview")).isTrue();
  }
}
