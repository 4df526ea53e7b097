package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.activity.Restored;
import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Messages;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.transfer.ExportJob;
import dev.grantway.admin.transfer.ExportService;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.PolicyAnalysis;
import dev.grantway.audit.ActivityEntry;
import dev.grantway.audit.ActivityKind;
import dev.grantway.audit.ActivityRecord;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.Action;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.StoreException;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageRow;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.security.authentication.event.AuthenticationSuccessEvent;
import org.springframework.security.authentication.event.LogoutSuccessEvent;
import org.springframework.security.core.context.SecurityContextHolder;

/** The views over the services and the sample policy in memory. */
@ViewPackages(packages = "dev.grantway.admin")
class ViewsTest extends ViewTest {

  @Test
  void theStartLeadsToTheOverviewOfTheApiWithMostRoutes() {
    open("");
    assertThat(path()).isEqualTo("a/orders/prod/overview");
    assertThat(isThere("overview-live")).isTrue();
  }

  @Test
  void httpAndWebSocketApisAreEditedRouteByRouteToo() {
    open("a/billing/$default/roles/biller?tab=routes");
    press("allow POST /invoices/{id}/pay");
    open("a/live/prod/roles/follower?tab=routes");
    press("allow CONNECT reply");
    assertThat(part(Component.class, "staged-count").getElement().getText())
        .isEqualTo("2 staged changes");
    press("review");
    assertThat(isThere("effect biller POST /invoices/{id}/pay")).isTrue();
    assertThat(isThere("effect follower reply")).isTrue();
    assertThat(isThere("approvals")).as("billing asks for one").isTrue();
    assertThat(isThere("publish")).isFalse();
  }

  @Test
  void aRouteIsAllowedReviewedAndPublishedByClicks() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    assertThat(part(Component.class, "staged-count").getElement().getText())
        .isEqualTo("1 staged change");
    assertThat(world.repository.head().revision()).isEqualTo(1);
    press("review");
    assertThat(isThere("effect support POST /orders/{id}/refunds")).isTrue();
    press("publish");
    assertThat(part(TextArea.class, "publish-reason").isInvalid()).isTrue();
    assertThat(world.repository.head().revision()).isEqualTo(1);
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    press("publish");
    assertThat(isThere("published")).isTrue();
    assertThat(world.repository.head().revision()).isEqualTo(2);
    assertThat(
            world.repository.live().permission(new PermissionId("support-post-orders-id-refunds")))
        .isPresent();
    open("a/orders/prod/audit?revision=2");
    assertThat(isThere("change permission support-post-orders-id-refunds")).isTrue();
  }

  @Test
  void aDraftThatBreaksAnInvariantSaysSoInPlaceOfTheButton() {
    world.changes.stage(
        Sentence.of("label.permission.add", "x"),
        List.of(
            Change.add(
                new PolicyRow.OfInvariant(
                    new Rules.Invariant(
                        "support-reads-refunds",
                        World.ORDERS,
                        new Rules.Invariant.Claim.Always(
                            new RoleName("support"), "POST /orders/{id}/refunds"),
                        List.of())))));
    open("a/orders/prod/changes");
    assertThat(part(Component.class, "broken").getElement().getTextRecursively())
        .contains("cannot be published", "support-reads-refunds", "may not call");
    assertThat(isThere("publish")).isFalse();
  }

  @Test
  void aBadPatternIsRefusedWhereItIsTyped() {
    open("a/orders/prod/roles/support");
    press("add-permission");
    @SuppressWarnings("unchecked")
    ComboBox<String> resource = part(ComboBox.class, "permission-resource");
    resource.setValue("/orders/*");
    press("save-permission");
    assertThat(resource.isInvalid()).isTrue();
    assertThat(resource.getErrorMessage()).contains("`*`");
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void aChosenRouteSetsTheMethodsToo() {
    open("a/orders/prod/roles/support");
    press("add-permission");
    @SuppressWarnings("unchecked")
    ComboBox<String> resource = part(ComboBox.class, "permission-resource");
    resource.setValue("POST /orders/{id}/refunds");
    assertThat(resource.getValue()).isEqualTo("/orders/{id}/refunds");
    press("save-permission");
    assertThat(isThere("permission-row support-post-orders-id-refunds")).isTrue();
  }

  @Test
  void aRoleThatOthersInheritIsDeletedAfterAQuestion() {
    open("a/orders/prod/roles/biller");
    press("delete-role");
    assertThat(part(Component.class, "dependants").getElement().getTextRecursively())
        .contains("Its 4 own permissions are deleted", "1 role inherits it", "cashier");
    assertThat(world.changes.draft().count()).isZero();
    test(find(ConfirmDialog.class).single()).confirm();
    assertThat(page()).contains("staged: deleted");
    open("a/orders/prod/roles/seasonal");
    press("delete-role");
    assertThat(page()).as("nobody else is concerned").contains("staged: deleted");
  }

  @Test
  void routesOfARoleAreFilteredAndStaySoWhenOneIsAllowed() {
    open("a/orders/prod/roles/support?tab=routes");
    assertThat(isThere("route-row DELETE /orders/{id}")).isTrue();
    test(part(TextField.class, "role-route-filter")).setValue("Post /orders/{id}/ref");
    assertThat(isThere("route-row DELETE /orders/{id}")).isFalse();
    press("allow POST /orders/{id}/refunds");
    assertThat(isThere("allow POST /orders/{id}/refunds")).isFalse();
    assertThat(isThere("route-row POST /orders/{id}/refunds")).isTrue();
    assertThat(isThere("route-row DELETE /orders/{id}")).isFalse();
    test(part(TextField.class, "role-route-filter")).setValue("/nowhere");
    assertThat(page()).contains("No route has “/nowhere” in its method or path.");
  }

  @Test
  void aLongListIsShownAgainAsFarAsItWas() {
    var shown = new ArrayList<Integer>();
    List<Integer> items = IntStream.range(0, 500).boxed().toList();
    assertThat(new Portions<>(items, shown::add).shown()).isEqualTo(50);
    shown.clear();
    assertThat(new Portions<>(items, 250, shown::add).shown()).isEqualTo(250);
    assertThat(shown).hasSize(250);
  }

  @Test
  void permissionsOfARoleAreShownAsFarAsTheyWereWhenOneIsDeleted() {
    world.changes.stage(
        Sentence.of("label.permission.add", "x"),
        IntStream.range(10, 80)
            .mapToObj(i -> world.permission("support", "zz-" + i, "GET", "/things/" + i))
            .map(PolicyRow.OfPermission::new)
            .map(Change::add)
            .toList());
    open("a/orders/prod/roles/support");
    assertThat(isThere("permission-row zz-79")).isFalse();
    press("show-more");
    assertThat(isThere("permission-row zz-79")).isTrue();
    press("delete-permission zz-10");
    assertThat(isThere("permission-row zz-10")).isFalse();
    assertThat(isThere("permission-row zz-79")).isTrue();
    anew("a/orders/prod/roles/support");
    assertThat(isThere("permission-row zz-79")).isFalse();
  }

  @Test
  void whoOnlySeesIsOfferedNoEdit() {
    signIn("vic", "viewer");
    open("a/orders/prod/roles/support?tab=routes");
    assertThat(isThere("tab-routes")).isTrue();
    assertThat(isThere("add-permission")).isFalse();
    assertThat(isThere("allow POST /orders/{id}/refunds")).isFalse();
  }

  @Test
  void whoHasNoRightSeesNothingButThePageThatSaysSo() {
    signIn("eve", "nothing");
    open("a/orders/prod/roles");
    assertThat(isThere("error-forbidden")).isTrue();
    assertThat(page()).doesNotContain("support");
  }

  @Test
  void whatIsNotThereHasItsOwnPage() {
    for (String path :
        List.of("a/orders/prod/roles/nobody", "a/orders/nostage/roles", "a/none/prod/roles", "x")) {
      open(path);
      assertThat(isThere("error-missing")).as(path).isTrue();
    }
  }

  @Test
  void instancesAreListedForTheirStageAlone() {
    world.heartbeat("0123456789abcdef", true, null);
    world.heartbeat("fedcba9876543210", false, null);
    open("a/orders/prod/audit");
    assertThat(page())
        .contains("0123456789abcdef", "revision 1", "fedcba9876543210")
        .contains("revision 1: it cannot read the table")
        .contains("age 5 s · timeout 10 s · document 8192 bytes");
    assertThat(
            find(Component.class).withAttribute("data-testid", "instance").all().stream()
                .map(row -> row.getElement().getTextRecursively()))
        .allSatisfy(
            row ->
                assertThat(row)
                    .as("GATEWAY rule 15: the TTL is a part of a token's life")
                    .contains("300 s under token+route: a token's life and 300 s"));
    assertThat(page()).doesNotContain("every request is allowed");
    world.heartbeat("0011223344556677", "none", 8_192, Set.of());
    anew("a/orders/prod/audit");
    assertThat(page()).contains("not kept: a token's life ends with the token");
    open("a/orders/dev/audit");
    assertThat(page()).doesNotContain("0123456789abcdef");
  }

  @Test
  void observingIsSaidAboveEveryViewOfItsStage() {
    world.heartbeat("0123456789abcdef", true, Instant.parse("2026-12-24T18:00:00Z"));
    for (String path : List.of("roles", "roles/support", "changes", "audit")) {
      open("a/orders/prod/" + path);
      assertThat(page()).as(path).contains("every request is allowed", "2026-12-24 18:00:00");
      open("a/orders/dev/" + path);
      assertThat(page()).as(path).doesNotContain("every request is allowed");
    }
  }

  @Test
  void aLinkThatNamesTheApiByItsIdLeadsToTheExplanation() {
    open(
        "explain?api=a1b2c3d4e5&stage=prod&revision=1&method=POST&path=%2Forders%2F42%2Frefunds"
            + "&roles=finance,ops&at=2026-11-23T09:59:00Z&document=0011aabb");
    assertThat(path()).isEqualTo("a/orders/prod/explain");
    assertThat(part(Component.class, "explain-verdict").getElement().getTextRecursively())
        .contains("Denied by revision 1", "2026-11-23 09:59:00", "0011aabb");
    assertThat(isThere("determined ops-no-refunds")).isTrue();
    assertThat(isThere("determined ops-all")).isFalse();
    open("explain?api=nosuchapi&stage=prod&revision=1&method=GET&path=%2Forders");
    assertThat(isThere("error-missing")).isTrue();
  }

  @Test
  void whoMayNotSimulateIsExplainedNothing() {
    signIn("vic", "viewer");
    open("a/orders/prod/explain?revision=1&method=POST&path=/orders/42/refunds&roles=ops");
    assertThat(isThere("error-forbidden")).isTrue();
    assertThat(page()).doesNotContain("ops-no-refunds");
  }

  @Test
  void ownersAndAuditorsReadTheActivityLogAndNobodyElse() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-4711");
    press("publish");
    open("a/orders/prod/audit");
    assertThat(isThere("show-activity")).isFalse();
    open("a/orders/prod/audit/activity");
    assertThat(isThere("error-forbidden")).isTrue();
    assertThat(isThere("activity publish-begun")).isFalse();
    assertThat(recorded())
        .contains(
            ActivityEntry.clipped("ana", ActivityKind.REFUSED, "", Map.of("task", "EVIDENCE")));
    signIn("aud", "auditor");
    open("a/orders/prod/audit");
    assertThat(isThere("show-activity")).isTrue();
    open("a/orders/prod/audit/activity");
    assertThat(isThere("activity refused")).isTrue();
    assertThat(page()).contains("begins to publish", "reason OPS-4711", "was refused");
    open("a/orders/prod/audit/activity?day=2026-01-01");
    assertThat(page()).contains("Nothing was recorded on this day", "Later: 2026-11-23");
    assertThat(page()).doesNotContain("OPS-4711");
  }

  @Test
  void everyActivityHasItsWords() {
    for (ActivityKind kind : ActivityKind.values()) {
      assertThat(Messages.text("activity." + kind, Locale.ENGLISH))
          .as(kind.name())
          .isNotBlank()
          .doesNotContain(kind.name());
    }
  }

  @Autowired private ExportService exports;
  @Autowired ApplicationEventPublisher events;

  /** As the framework's own manager does within a sign-in. */
  @Test
  void aSignInThatCannotBeRecordedIsNone() {
    var authentication =
        Objects.requireNonNull(SecurityContextHolder.getContext().getAuthentication());
    var event = new AuthenticationSuccessEvent(authentication);
    world.logFails(true);
    assertThatThrownBy(() -> events.publishEvent(event))
        .isInstanceOf(StoreException.Unavailable.class);
    world.logFails(false);
    events.publishEvent(event);
    assertThat(recorded())
        .contains(
            ActivityEntry.clipped("ana", ActivityKind.SIGN_IN, "", Map.of("rights", "editor")));
    events.publishEvent(new LogoutSuccessEvent(authentication));
    assertThat(recorded())
        .contains(ActivityEntry.clipped("ana", ActivityKind.SIGN_OUT, "", Map.of()));
  }

  private List<ActivityEntry> recorded() {
    return world.log.all().stream().map(ActivityRecord::entry).toList();
  }

  @Test
  void aTableThatWentBackIsSaidAboveEveryView() {
    world.checkpoints.restored = Optional.of(new Restored(7, 12, World.START, 9));
    for (String path : List.of("roles", "changes", "audit")) {
      open("a/orders/prod/" + path);
      assertThat(page()).as(path).contains("outside checkpoint 7", "Live now is revision 9");
    }
    world.checkpoints.restored = Optional.empty();
    open("a/orders/prod/roles");
    assertThat(page()).doesNotContain("The table lacks");
  }

  @Test
  void aTableThatIsDownHasItsOwnPageThatSaysWhatIsInForce() {
    open("a/orders/prod/roles");
    world.tableFails(new StoreException.Unavailable("secret words of an exception", null));
    open("a/orders/prod/audit");
    assertThat(isThere("error-table")).isTrue();
    assertThat(page()).contains("nothing was applied", "Revision 1 of");
    assertThat(page()).doesNotContain("secret words");
  }

  @Test
  void aPageThatFailedNamesTheTraceThatTheLogHas() {
    open("a/orders/prod/roles");
    world.tableFails(new StoreException.Unavailable("down", null));
    MDC.put("traceId", "4bf92f3577b34da6a3ce929d0e0e4736");
    try {
      open("a/orders/prod/audit");
    } finally {
      MDC.remove("traceId");
    }
    assertThat(isThere("error-table")).isTrue();
    assertThat(page()).contains("The log has it under 4bf92f3577b34da6a3ce929d0e0e4736");
  }

  @Test
  void aPublishIntoATableThatIsDownSaysSoOnThePage() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    world.tableFails(new StoreException.Unavailable("down", null));
    press("publish");
    assertThat(part(Component.class, "not-applied").getElement().getTextRecursively())
        .contains("nothing was applied", "Revision 1 of");
  }

  @Test
  void anUndoInTheTrayIsSeenByTheView() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    assertThat(isThere("allow POST /orders/{id}/refunds")).isFalse();
    press("undo");
    assertThat(isThere("allow POST /orders/{id}/refunds")).isTrue();
  }

  @Test
  void aRoleWhoseCreationIsUndoneLeadsBackToTheList() {
    open("a/orders/prod/roles");
    press("new-role");
    test(part(TextField.class, "role-name")).setValue("trainee");
    press("save-role");
    assertThat(path()).isEqualTo("a/orders/prod/roles/trainee");
    press("undo");
    assertThat(path()).isEqualTo("a/orders/prod/roles");
    assertThat(isThere("role trainee")).isFalse();
  }

  @Test
  void theReasonOutlivesAPublishThatDidNotHappen() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    byBen(described("clerk", "another description"));
    press("publish");
    assertThat(isThere("moved")).isTrue();
    assertThat(part(TextArea.class, "publish-reason").getValue()).isEqualTo("OPS-42");
    press("publish");
    assertThat(isThere("published")).isTrue();
  }

  @Test
  void documentsAreComparedWhenSomebodyAsks() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    assertThat(isThere("document support prod")).isFalse();
    press("documents-show");
    assertThat(isThere("document support prod")).isTrue();
    assertThat(isThere("documents-show")).as("there are no more").isFalse();
  }

  /** While a revision spreads the page polls; a table that hangs must not hold up its buttons. */
  @Test
  void aPollAsksNoTable() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    press("publish");
    assertThat(UI.getCurrent().getPollInterval()).isPositive();
    var asked = new AtomicInteger();
    Thread page = Thread.currentThread();
    world.whenAsked(() -> asked.addAndGet(Thread.currentThread().equals(page) ? 1 : 0));
    ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
    assertThat(asked).hasValue(0);
    world.changes.draft();
    assertThat(asked.get()).as("what is asked is counted").isPositive();
    world.whenAsked(() -> {});
  }

  /** A publish that takes long is watched, and its end is told, without the table being asked. */
  @Test
  void aLongPublishSaysHowFarItIs() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    var goOn = new CountDownLatch(1);
    world.whenAsked(
        () -> {
          if (Thread.currentThread().isVirtual()) {
            awaitUninterruptibly(goOn);
          }
        });
    try {
      press("publish");
      assertThat(isThere("publish-progress")).isTrue();
      assertThat(isThere("publish")).as("it is not published twice").isFalse();
      assertThat(part(Span.class, "publish-line").getElement().getAttribute("role"))
          .isEqualTo("status");
      poll();
      assertThat(isThere("publish-progress")).isTrue();
      assertThat(UI.getCurrent().getPollInterval()).isPositive();
    } finally {
      goOn.countDown();
    }
    Instant patience = Instant.now(Clock.systemUTC()).plusSeconds(60);
    while (isThere("publish-progress") && Instant.now(Clock.systemUTC()).isBefore(patience)) {
      poll();
      Thread.onSpinWait();
    }
    assertThat(isThere("publish-progress")).isFalse();
    assertThat(isThere("published")).isTrue();
    world.whenAsked(() -> {});
  }

  private static void poll() {
    ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void whatFailsATestCannotBeApprovedAndSaysWhy() {
    PolicyRows.of(World.sample(), sampleTests()).values().stream()
        .filter(PolicyRow.OfTest.class::isInstance)
        .forEach(row -> world.behind(Change.add(row)));
    world.changes.stage(
        Sentence.of("label.permission.add", "x"),
        List.of(
            Change.add(
                new PolicyRow.OfPermission(
                    world.denial("viewer", "no-more", "GET", "/orders/{id}")))));
    signIn("ben", "approver");
    String draft = world.repository.drafts().open().getFirst().id();
    anew("a/orders/prod/changes?draft=" + draft);
    assertThat(isThere("failing")).isTrue();
    assertThat(part(Button.class, "approve").isEnabled()).isFalse();
    assertThat(part(Span.class, "approve-why").getText()).contains("once they hold");
    assertThat(part(Button.class, "approve").getElement().getAttribute("aria-describedby"))
        .isEqualTo(part(Span.class, "approve-why").getId().orElseThrow());
    assertThat(part(Button.class, "reject").isEnabled()).isTrue();
  }

  private static List<PolicyTest> sampleTests() {
    return ((PolicyFile.Read) PolicyFile.read(PolicyFile.ordersSample(), "orders.yaml")).tests();
  }

  /** The very field stays, so that also what the server has not heard of yet does. */
  @Test
  void whatIsTypedOutlivesWhateverRendersTheFormAnew() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("allow POST /orders/{id}/cancel");
    press("review");
    TextArea comment = part(TextArea.class, "say-text");
    test(comment).setValue("half a thought");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    test(part(TextField.class, "publish-when")).setValue("2026-12-24T18:00:00Z");
    press("undo");
    DraftChanged.tell();
    open("a/orders/prod/changes?tab=edits");
    open("a/orders/prod/changes");
    assertThat(part(TextArea.class, "say-text")).isSameAs(comment);
    assertThat(comment.getValue()).isEqualTo("half a thought");
    assertThat(part(TextArea.class, "publish-reason").getValue()).isEqualTo("OPS-42");
    assertThat(part(TextField.class, "publish-when").getValue()).isEqualTo("2026-12-24T18:00:00Z");
    press("comment");
    assertThat(page()).contains("half a thought");
    assertThat(part(TextArea.class, "say-text").getValue()).as("it is said").isEmpty();
    assertThat(part(TextArea.class, "publish-reason").getValue()).isEqualTo("OPS-42");
    String shown = world.repository.drafts().open().getFirst().id();
    open("a/orders/prod/changes?draft=" + world.changes.begin("another").id());
    open("a/orders/prod/changes?draft=" + shown);
    assertThat(part(TextArea.class, "publish-reason").getValue())
        .as("it was for the draft as it was shown before another")
        .isEmpty();
    assertThat(part(TextField.class, "publish-when").getValue()).isEmpty();
  }

  /** Four eyes, by what each of them sees: ana drafts, ben says no, then yes, and publishes. */
  @Test
  void anotherOperatorRejectsApprovesAndPublishes() {
    open("a/billing/prod/roles/biller?tab=routes");
    press("allow POST /invoices/{id}/pay");
    press("review");
    assertThat(isThere("publish")).as("the author waits for an approval").isFalse();
    assertThat(isThere("approve")).isFalse();
    signIn("ben", "approver");
    String draft = world.repository.drafts().open().getFirst().id();
    anew("a/billing/prod/changes?draft=" + draft);
    press("reject");
    assertThat(part(TextArea.class, "say-text").isInvalid()).as("a reason is asked").isTrue();
    test(part(TextArea.class, "say-text")).setValue("too wide");
    press("reject");
    assertThat(page()).contains("ben rejected it", "too wide");
    assertThat(isThere("publish")).isFalse();
    press("approve");
    assertThat(page()).contains("approved by ben", "1 of 1 approval");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    test(part(TextField.class, "publish-when")).setValue("tonight");
    press("publish");
    assertThat(part(TextField.class, "publish-when").isInvalid()).isTrue();
    test(part(TextField.class, "publish-when")).setValue("2026-11-23T20:00:00+01:00");
    press("publish");
    assertThat(isThere("scheduled")).isFalse();
    assertThat(isThere("refused")).as("that is past").isTrue();
    test(part(TextField.class, "publish-when")).setValue("");
    press("publish");
    assertThat(isThere("published")).isTrue();
    assertThat(world.repository.revision(2).orElseThrow().approvers()).containsExactly("ben");
    signIn("olga", "owner");
    open("a/billing/prod/audit?revision=1");
    press("roll-back 1");
    assertThat(path()).isEqualTo("a/billing/prod/changes");
    assertThat(isThere("effect biller POST /invoices/{id}/pay")).isTrue();
    test(part(TextArea.class, "publish-reason")).setValue("back");
    press("break-glass");
    test(find(ConfirmDialog.class).single()).confirm();
    assertThat(world.repository.revision(3).orElseThrow().breakGlass()).isTrue();
    open("a/billing/prod/audit");
    assertThat(isThere("glass")).isTrue();
  }

  private Change described(String role, String text) {
    Role it = world.repository.live().role(new RoleName(role)).orElseThrow().role();
    return Change.alter(
        new PolicyRow.OfRole(it),
        new PolicyRow.OfRole(new Role(it.id(), it.name(), text, it.owner(), it.inherits())));
  }

  private void byBen(Change change) {
    world.operators.is("ben", OperatorRight.APPROVER);
    world.changes.stage(Sentence.of("label.role.change", "x"), List.of(change));
    assertThat(world.publish(world.changes.draft().hash(), "ben's reason"))
        .isInstanceOf(Outcome.Published.class);
    world.operators.is("ana", OperatorRight.EDITOR);
  }

  @Test
  void everyViewHasATitleOfItsOwn() {
    signIn("olga", "owner");
    for (String path :
        List.of(
            "a/orders/prod/roles",
            "a/orders/prod/matrix",
            "a/orders/prod/roles/support",
            "a/orders/dev/roles/support",
            "a/orders/prod/changes",
            "a/orders/prod/audit",
            "a/orders/prod/simulate",
            "a/orders/prod/simulate/tests",
            "a/orders/prod/explain",
            "a/orders/prod/routes",
            "a/orders/prod/assignments",
            "a/orders/prod/revocations",
            "a/orders/prod/settings",
            "a/orders/prod/transfer",
            "a/orders/prod/use",
            "a/orders/prod/wiring",
            "a/orders/prod/reviews",
            "a/orders/prod/import",
            "nowhere")) {
      open(path);
      titles.add(UI.getCurrent().getInternals().getTitle());
    }
    assertThat(titles).doesNotHaveDuplicates().allMatch(it -> it.endsWith(" · Grantway"));
    assertThat(titles).hasSize(19).first().isEqualTo("Roles · orders prod · Grantway");
  }

  private final List<String> titles = new ArrayList<>();

  /** What people read is the bundle's, in brackets here; what is left is data or the model's. */
  @Test
  void noTextIsHardCoded() {
    UI.getCurrent().setLocale(Messages.PSEUDO);
    opened("a/orders/prod/roles", 30);
    opened("a/orders/prod/matrix", 30);
    opened("a/orders/prod/matrix?filter=zzz", 20);
    opened("a/orders/prod/matrix?cell=ops%20POST%20/orders/%7Bid%7D/refunds", 35);
    opened("a/orders/prod/roles?filter=zzz", 10);
    press("new-role");
    test(part(TextField.class, "role-name")).setValue("authenticated");
    press("save-role");
    onlyTheBundleSpeaks("a refused role", 15);
    opened("a/orders/prod/roles/ops", 30);
    press("add-permission");
    press("save-permission");
    test(part(TextArea.class, "permission-condition")).setValue("StringEquals claims.region");
    test(part(TextField.class, "permission-from")).setValue("tomorrow");
    press("save-permission");
    onlyTheBundleSpeaks("a refused permission", 40);
    opened("a/orders/prod/roles/seasonal", 15);
    opened("a/orders/prod/roles/eu-clerk?tab=routes", 60);
    opened("a/orders/prod/changes", 10);
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    onlyTheBundleSpeaks("a staged route", 60);
    opened("a/orders/prod/changes", 25);
    press("publish");
    press("discard");
    onlyTheBundleSpeaks("a publish without a reason, and a question", 30);
    find(ConfirmDialog.class).single().close();
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    press("publish");
    onlyTheBundleSpeaks("published", 12);
    world.heartbeat("0123456789abcdef", true, Instant.parse("2026-12-24T18:00:00Z"));
    world.heartbeat("fedcba9876543210", 0, false, null);
    opened("a/orders/prod/audit?revision=2", 15);
    spokenAbout();
    opened("a/orders/prod/who-can", 15);
    opened("a/orders/prod/who-can?route=POST /orders/{id}/refunds", 30);
    opened("a/orders/prod/who-can?route=POST /nowhere&at=1", 15);
    opened("a/orders/prod/who-can?ask=role&role=eu-clerk", 30);
    opened("a/orders/prod/who-can?ask=role&role=ops&with=support", 30);
    opened("a/orders/prod/who-can?route=tag:money", 20);
    opened("a/orders/prod/overview", 25);
    opened("a/orders/prod/who-can?ask=somebody&issuer=dev&who=mia", 15);
    spokenInTables();
    opened("a/orders/prod/simulate", 20);
    opened("a/orders/prod/simulate?method=POST&path=/orders/1/refunds&roles=support,ops", 40);
    opened("a/orders/prod/simulate?method=GET&path=/orders/1&roles=support&against=9", 20);
    opened("a/orders/prod/simulate?method=BREW&path=x&against=x", 20);
    opened("a/orders/prod/simulate/tests", 15);
    opened("a/orders/prod/simulate/tests?filter=zzz", 12);
    opened("a/orders/prod/explain", 8);
    opened(EXPLAIN + "&roles=ops&document=0011", 25);
    opened(EXPLAIN + "&roles=support,viewer", 25);
    opened(EXPLAIN.replace("revision=1", "revision=9"), 8);
    opened("a/orders/prod/explain?revision=1&method=PUT&path=/orders/42&roles=eu-clerk", 20);
    world.changes.stage(
        Sentence.of("label.role.change", "x"), List.of(described("support", "mine")));
    byBen(described("support", "theirs"));
    opened("a/orders/prod/changes", 18);
    opened("nowhere", 8);
    world.tableFails(new StoreException.Unavailable("down", null));
    open("a/orders/prod/audit");
    world.tableFails(null);
    onlyTheBundleSpeaks("a table that is down", 8);
    spokenOfExports();
    spokenOfImports();
    spokenOfUse();
    signIn("eve", "nothing");
    opened("a/orders/prod/roles", 4);
    assertThat(hardCoded).isEmpty();
  }

  private void spokenOfUse() {
    signIn("ana", "editor");
    opened("a/orders/prod/use", 12);
    Instant now = world.clock.instant();
    world
        .repository
        .usage()
        .put(
            new UsageDay(
                World.ORDERS,
                "prod",
                LocalDate.ofInstant(now, ZoneOffset.UTC),
                "log",
                UsageDay.Kind.DECISIONS,
                List.of(
                    new UsageRow(
                        "GET /orders",
                        new TreeSet<>(Set.of(new RoleName("support"))),
                        3,
                        2,
                        now,
                        new TreeSet<>(),
                        false))));
    opened("a/orders/prod/use?role=support", 40);
    opened("a/orders/prod/overview", 25);
  }

  private void spokenOfImports() {
    signIn("ana", "editor");
    anew("a/orders/prod/import");
    onlyTheBundleSpeaks("imports", 12);
  }

  private void spokenOfExports() {
    signIn("aud", "auditor");
    anew("a/orders/prod/transfer");
    onlyTheBundleSpeaks("exports", 15);
    press("export-count");
    while (exports.jobs().stream().anyMatch(ExportJob::isRunning)) {
      Thread.onSpinWait();
    }
    ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
    onlyTheBundleSpeaks("counted rows", 18);
    test(part(TextField.class, "export-as-of")).setValue("99");
    press("export-count");
    onlyTheBundleSpeaks("a refused export", 15);
  }

  /** A draft that was rejected, approved, scheduled and taken back, as its owner and others see. */
  private void spokenAbout() {
    world.operators.is("ana", OperatorRight.EDITOR);
    world.changes.stage(Sentence.of("label.role.change", "x"), List.of(described("clerk", "mine")));
    String id = world.changes.draft().draft().orElseThrow().id();
    world.changes.begin("second");
    world.operators.is("ben", OperatorRight.APPROVER);
    String hash = world.changes.review(id).draft().hash();
    world.approvals.comment(id, "OPS-42");
    world.approvals.reject(id, hash, "too wide");
    opened("a/orders/prod/changes?draft=" + id, 25);
    world.approvals.approve(id, hash);
    var when = world.clock.instant().plusSeconds(3600);
    world.publishes.schedule(id, hash, when, "OPS-42");
    signIn("olga", "owner");
    anew("a/orders/prod/audit");
    opened("a/orders/prod/changes?draft=" + id, 25);
    world.publishes.unschedule(id);
    opened("a/orders/prod/changes?draft=" + id, 25);
    signIn("ana", "editor");
    anew("a/orders/prod/audit");
    world.operators.is("ana", OperatorRight.EDITOR);
    opened("a/orders/prod/changes?draft=" + id, 25);
    press("new-draft");
    onlyTheBundleSpeaks("a new draft", 25);
    find(Dialog.class).last().close();
    world.changes.discard();
    world.changes.discard(id, AsSeen.WHATEVER);
  }

  /** Routes, assignments, revocations and settings: empty, refused, staged and done. */
  private void spokenInTables() {
    opened("a/orders/prod/routes", 60);
    opened("a/orders/prod/routes?filter=zzz", 10);
    press("new-route");
    press("save-route");
    onlyTheBundleSpeaks("a refused route", 20);
    find(Dialog.class).last().close();
    opened("a/orders/prod/assignments", 8);
    opened("a/orders/prod/assignments?filter=zzz", 8);
    press("new-assignment");
    test(part(TextField.class, "assignment-value")).setValue("alice");
    @SuppressWarnings("unchecked")
    ComboBox<String> of = part(ComboBox.class, "assignment-issuer");
    of.setValue("corp");
    test(part(TextField.class, "assignment-until")).setValue("tomorrow");
    press("save-assignment");
    onlyTheBundleSpeaks("a refused assignment", 20);
    find(Dialog.class).last().close();
    signIn("olga", "owner");
    anew("a/orders/prod/revocations");
    onlyTheBundleSpeaks("revocations", 15);
    press("revoke");
    test(part(TextField.class, "revoke-value")).setValue("alice");
    test(part(TextField.class, "revoke-reason")).setValue("OPS-42");
    @SuppressWarnings("unchecked")
    ComboBox<String> issuer = part(ComboBox.class, "revoke-issuer");
    issuer.setValue("corp");
    press("revoke");
    onlyTheBundleSpeaks("a question before revoking", 20);
    test(find(ConfirmDialog.class).single()).confirm();
    press("lift alice");
    press("lift");
    onlyTheBundleSpeaks("a revocation", 25);
    find(Dialog.class).last().close();
    opened("a/orders/prod/settings", 40);
    for (String kind : List.of("approval", "invariant", "waiver", "limit", "retention")) {
      press("new-" + kind);
      press("save-rule");
      onlyTheBundleSpeaks("a new " + kind, 45);
      find(Dialog.class).all().forEach(Dialog::close);
    }
    signIn("ana", "editor");
    anew("a/orders/prod/audit");
    world.operators.is("ana", OperatorRight.EDITOR);
  }

  private static final String EXPLAIN =
      "a/orders/prod/explain?revision=1&method=POST&path=/orders/42/refunds";

  private final Set<String> hardCoded = new TreeSet<>();

  private void opened(String path, int atLeast) {
    open(path);
    onlyTheBundleSpeaks(path, atLeast);
  }

  private void onlyTheBundleSpeaks(String where, int atLeast) {
    List<String> texts = Texts.shown();
    assertThat(texts).as("texts: %s", where).hasSizeGreaterThan(atLeast);
    Set<String> data = data();
    for (String text : texts) {
      String rest = withoutBundle(text);
      if (!isData(rest, data) && !Stream.of(rest.split(", ")).allMatch(it -> isData(it, data))) {
        hardCoded.add(where + ": " + text);
      }
    }
  }

  private static boolean isData(String text, Set<String> data) {
    return data.contains(text) || SIGNS.matcher(text).matches();
  }

  private static String withoutBundle(String text) {
    String before = text;
    String rest = BRACKETS.matcher(before).replaceAll("");
    while (!rest.equals(before)) {
      before = rest;
      rest = BRACKETS.matcher(before).replaceAll("");
    }
    return rest.strip();
  }

  private static final Pattern BRACKETS = Pattern.compile("\\[[^\\[\\]]*]");

  /** Signs, numbers and instants. */
  private static final Pattern SIGNS = Pattern.compile("[\\d\\p{Punct}\\s✓✕+−→·…◷TZ]*");

  /** Everything that the policy, its history and the operators are called. */
  private Set<String> data() {
    var data = new TreeSet<>(Set.of("ana", "ben", "OPS-42", "ben's reason", "ALLOW", "DENY"));
    data.addAll(Set.of("mine", "theirs", "zzz", "authenticated", "ANY"));
    data.add("orders · prod");
    data.addAll(
        Set.of(
            "draft of ana",
            "draft of ben",
            "draft of olga",
            "second",
            "olga",
            "too wide",
            "grantway"));
    data.addAll(Set.of("alice", "corp", "sub"));
    data.addAll(Set.of("0123456789abcdef", "fedcba9876543210"));
    data.add("POST /orders/42/refunds");
    for (Finding it : PolicyAnalysis.of(World.sample(), Clock.systemUTC().instant())) {
      data.addAll(Set.of(it.code().text(), it.message() + ": " + it.next()));
    }
    data.add("PUT /orders/42");
    data.add("eu-clerk-change StringEquals claims.region");
    data.add("eu-clerk-office NotIpAddress request.sourceIp");
    world
        .repository
        .revisions("", 10)
        .items()
        .forEach(it -> data.addAll(List.of(it.operator(), it.reason())));
    Policy policy = world.repository.live().policy();
    for (Api api : policy.apis()) {
      data.add(api.name());
      data.addAll(api.stages());
      api.routes().routes().forEach(route -> routeData(route, data));
    }
    policy.rules().invariants().forEach(it -> data.add(it.name()));
    for (Role role : policy.roles()) {
      data.add(role.name().value());
      data.add(role.description());
      data.add(role.owner());
    }
    for (Permission it : policy.permissions()) {
      data.add(it.id().value());
      data.add(it.note());
      data.add(it.resource().toString());
      data.add(PermissionText.methods(it));
      data.addAll(PermissionText.condition(it.condition()).lines().toList());
    }
    data.addAll(Set.of("support-post-orders-id-refunds", "answers customers"));
    return data;
  }

  private static void routeData(Route route, Set<String> data) {
    data.add(route.template().toString());
    data.add(route.toString());
    data.add(route.method());
    data.add(route.operationId());
    data.addAll(route.tags());
    for (Action action : route.actions()) {
      data.add(action.name());
      data.add(action + " " + route.template());
    }
  }
}
