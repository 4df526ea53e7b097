package dev.grantway.admin.transfer.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.PollEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.admin.transfer.ExportJob;
import dev.grantway.admin.transfer.ExportService;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.io.ByteArrayOutputStream;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;

@ViewPackages(packages = "dev.grantway.admin")
@Timeout(120)
class TransferViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/transfer";

  @Autowired private ExportService exports;

  @BeforeEach
  void audOpensIt() {
    world.operators.is("aud", OperatorRight.AUDITOR);
    signIn("aud", "auditor");
    anew(VIEW);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private void type(String testId, String text) {
    test(part(TextField.class, testId)).setValue(text);
  }

  private void count() {
    press("export-count");
    untilAllHaveEnded();
  }

  private void untilAllHaveEnded() {
    while (exports.jobs().stream().anyMatch(ExportJob::isRunning)) {
      Thread.onSpinWait();
    }
    ComponentUtil.fireEvent(UI.getCurrent(), new PollEvent(UI.getCurrent(), true));
  }

  @Test
  void rowsAreCountedThenExportedAndThePastExportIsListed() {
    assertThat(isThere("export-begin")).as("nothing begins uncounted").isFalse();
    type("export-roles", "clerk");
    count();
    assertThat(textOf("export-rows")).matches("\\d+ rows as of revision 1");
    assertThat(textOf("export-command"))
        .matches(
            "\\./grantway export --table URL --grants csv --api orders --stage prod --role clerk"
                + " --as-of 1 --at [0-9T:.-]{19,23}Z --out grants-orders-prod-r1\\.csv");
    String rows = textOf("export-rows").split(" ")[0];
    press("export-begin");
    untilAllHaveEnded();
    assertThat(textOf("export-job grants-orders-prod-r1.csv"))
        .contains(rows + " of " + rows + " rows written, for aud: done");
    assertThat(textOf("export grants-orders-prod-r1.csv"))
        .contains(rows, "roles clerk", "aud", "manifest");
    assertThat(isThere("export-ready")).as("another count comes first").isFalse();
    press("export-delete");
    assertThat(exports.past()).as("asked first").hasSize(1);
    test(find(ConfirmDialog.class).single()).confirm();
    assertThat(exports.past()).isEmpty();
    assertThat(isThere("export grants-orders-prod-r1.csv")).isFalse();
  }

  @Test
  void aPackIsOfferedAndSaysWhatItHolds() {
    anew(VIEW + "?format=pack&api=orders&stage=prod&roles=ops");
    count();
    assertThat(textOf("is-pack")).contains("`grantway verify` checks it");
    assertThat(textOf("export-command")).contains(" --pack evidence-orders-prod-r1.zip ");
    press("export-begin");
    untilAllHaveEnded();
    assertThat(textOf("export evidence-orders-prod-r1.zip")).contains("roles ops");
  }

  @Test
  void principalsAreOfferedAndTheMembershipListIsNamed() {
    anew(VIEW + "?kind=principals&api=orders");
    count();
    assertThat(textOf("members")).startsWith("No membership list was in force then");
    assertThat(textOf("export-command")).contains(" --by principal --api orders ");
    press("export-begin");
    untilAllHaveEnded();
    assertThat(textOf("export principals-orders-r1.csv")).contains("by principal");
    var list =
        new MembershipList(
            world.clock.instant(), "zoe", List.of(new Membership("dev", "mia", "money")));
    var _ = world.repository.memberships().add(list);
    anew(VIEW + "?kind=principals&api=orders");
    count();
    assertThat(textOf("members"))
        .contains("in force then: imported by zoe at ", "rows: 1, SHA-256: " + list.sha256());
  }

  @Test
  void rowsAreNarrowedByTagOwnerMethodAndEffectAndComeByRoute() {
    anew(VIEW + "?kind=routes&api=orders&tags=money&owner=team-orders&methods=POST&effect=allow");
    assertThat(select("export-effect").getValue()).isEqualTo("allow");
    count();
    assertThat(textOf("export-command"))
        .contains(" --by route --api orders --tag money --owner team-orders --method POST");
    type("export-methods", "FETCH");
    press("export-count");
    assertThat(part(TextField.class, "export-methods").getErrorMessage()).contains("`FETCH`");
    test(select("export-kind")).selectItem("Audit trail: activity log");
    for (String field : List.of("export-tags", "export-owner", "export-methods", "export-effect")) {
      assertThat(isThere(field)).as(field).isFalse();
    }
  }

  @SuppressWarnings("unchecked")
  private Select<String> select(String testId) {
    return (Select<String>) part(Select.class, testId);
  }

  @Test
  void aTrailIsExportedWholeAndAsATable() {
    anew(VIEW + "?format=pdf");
    select("export-kind").setValue("activity");
    assertThat(select("export-format").getValue()).as("a PDF is no table").isEqualTo("csv");
    assertThat(isThere("export-roles")).isFalse();
    count();
    assertThat(textOf("export-rows")).contains("so far, up to revision 1");
    assertThat(textOf("export-command"))
        .isEqualTo("./grantway export --table URL --trail activity --as csv --out activity-r1.csv");
    press("export-begin");
    untilAllHaveEnded();
    assertThat(textOf("export activity-r1.csv")).contains("everything");
    select("export-kind").setValue("grants");
    assertThat(isThere("export-roles")).isTrue();
    assertThat(isThere("export-ready")).isFalse();
    anew(VIEW + "?kind=revisions&format=xlsx");
    count();
    assertThat(textOf("export-command")).endsWith("--as xlsx --out revisions-r1.xlsx");
  }

  @Test
  void aReportWithoutRowsSaysSo() {
    type("export-roles", "support");
    type("export-route", "DELETE /orders/{id}");
    count();
    assertThat(textOf("export-rows")).startsWith("No rows");
    assertThat(textOf("no-rows")).contains("Nothing allows or denies");
  }

  @Test
  void aPastExportIsFetchedWithItsManifestAndThatIsRecorded() {
    anew(VIEW + "?format=jsonl&api=orders&stage=prod&roles=ops");
    count();
    press("export-begin");
    untilAllHaveEnded();
    String file = "grants-orders-prod-r1.jsonl";
    Component row = part(Component.class, "export " + file);
    assertThat(fetched(row, "export-file").lines())
        .isNotEmpty()
        .allMatch(line -> line.contains("\"role\":\"ops\""));
    assertThat(world.log.all().getLast().entry().details()).containsEntry("fetched", file);
    assertThat(fetched(row, "export-manifest")).contains("\"sha256\"", "\"by\" : \"aud\"");
  }

  private String fetched(Component within, String testId) {
    var out = new ByteArrayOutputStream();
    test(find(Anchor.class, within).withAttribute("data-testid", testId).all().getFirst())
        .download(out);
    return out.toString(UTF_8);
  }

  @Test
  void aProblemIsShownAtItsFieldAndNothingCanBegin() {
    type("export-roles", "ghost");
    press("export-count");
    assertThat(part(TextField.class, "export-roles").getErrorMessage()).contains("no role `ghost`");
    assertThat(isThere("export-begin")).isFalse();
    type("export-roles", "");
    type("export-as-of", "2030-01-01T00:00:00Z");
    press("export-count");
    assertThat(part(TextField.class, "export-as-of").getErrorMessage())
        .contains("has not come yet");
    type("export-as-of", "99");
    press("export-count");
    assertThat(part(TextField.class, "export-roles").isInvalid()).isFalse();
    assertThat(part(TextField.class, "export-as-of").isInvalid()).isTrue();
  }

  @Test
  void whatIsAskedOtherwiseIsCountedAnew() {
    count();
    assertThat(isThere("export-begin")).isTrue();
    type("export-route", "GET /orders");
    assertThat(isThere("export-begin")).isFalse();
  }

  @Test
  void theUrlSaysWhatIsAsked() {
    anew(VIEW + "?format=jsonl&roles=ops&route=/orders&at=1");
    count();
    assertThat(textOf("export-command"))
        .contains("--grants jsonl --role ops --route /orders --as-of 1 --at ")
        .endsWith(" --out grants-all-r1.jsonl");
  }

  @Test
  void whoMayNotExportSeesNothingOfIt() {
    for (String right : new String[] {"viewer", "editor", "approver"}) {
      signIn("vic", right);
      anew(VIEW);
      assertThat(isThere("error-forbidden")).as(right).isTrue();
      assertThat(isThere("export-form")).as(right).isFalse();
      open("a/orders/prod/roles");
      assertThat(isThere("nav-transfer")).as(right).isFalse();
    }
    signIn("olga", "owner");
    anew(VIEW);
    assertThat(isThere("export-form")).isTrue();
    assertThat(isThere("nav-transfer")).isTrue();
  }
}
