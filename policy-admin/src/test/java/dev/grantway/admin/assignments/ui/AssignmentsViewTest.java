package dev.grantway.admin.assignments.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@ViewPackages(packages = "dev.grantway.admin")
class AssignmentsViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/assignments";

  @Autowired private Clock clock;

  private void type(String testId, String text) {
    test(part(TextField.class, testId)).setValue(text);
  }

  private void choose(String testId, String text) {
    @SuppressWarnings("unchecked")
    ComboBox<String> box = part(ComboBox.class, testId);
    box.setValue(text);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private void live(String value, String role) {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(
                    new RoleName(role),
                    "corp",
                    Assignment.Kind.SUBJECT,
                    value,
                    clock.instant().truncatedTo(ChronoUnit.SECONDS).plus(Duration.ofDays(2))))));
  }

  @Test
  void aRoleIsGivenReviewedAndTakenBack() {
    anew(VIEW);
    assertThat(page()).contains("roles come from tokens alone");
    press("new-assignment");
    press("save-assignment");
    assertThat(part(TextField.class, "assignment-value").isInvalid()).isTrue();
    type("assignment-value", "alice");
    choose("assignment-issuer", "corp");
    choose("assignment-role", "clerk");
    type("assignment-until", "2026-12-31T01:00:00+01:00");
    assertThat(part(TextField.class, "assignment-until").getHelperText())
        .isEqualTo("2026-12-31 00:00:00 in UTC");
    press("save-assignment");
    assertThat(textOf("assignment alice clerk")).contains("staged: added", "2026-12-31 00:00:00");
    assertThat(textOf("staged-count")).isEqualTo("1 staged change");
    press("remove alice clerk");
    assertThat(isThere("assignment alice clerk")).isFalse();
    press("undo");
    assertThat(isThere("assignment alice clerk")).isTrue();
    open("a/orders/prod/changes");
    assertThat(page()).contains("alice", "clerk");
  }

  @Test
  void whatEndsSoonSaysSoAndCanEndNow() {
    live("alice", "clerk");
    anew(VIEW + "?filter=state:ending");
    assertThat(textOf("assignment alice clerk")).contains("ends 20");
    press("end alice clerk");
    assertThat(page()).contains("No assignment matches “state:ending”");
    anew(VIEW);
    assertThat(textOf("assignment alice clerk")).contains("staged: changed", "ended 20");
    press("restore alice clerk");
    assertThat(textOf("staged-count")).isEqualTo("Nothing staged");
  }

  @Test
  void whoeverIsGivenARoleIsSimulatedAndNamedInNoUrl() {
    live("alice", "clerk");
    anew(VIEW);
    press("simulate alice clerk");
    assertThat(path()).isEqualTo("a/orders/prod/simulate");
    assertThat(part(TextField.class, "simulate-issuer").getValue()).isEqualTo("corp");
    assertThat(part(TextField.class, "simulate-subject").getValue()).isEqualTo("alice");
    choose("simulate-method", "POST");
    type("simulate-path", "/orders");
    press("ask");
    assertThat(textOf("simulate-verdict")).contains("Allowed by revision 2");
    assertThat(textOf("trace")).contains("By inheritance or assignment: clerk, viewer");
    assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPathWithQueryParameters())
        .doesNotContain("alice");
  }

  @Test
  void whoOnlySeesIsOfferedNoEdit() {
    live("alice", "clerk");
    signIn("vic", "viewer");
    anew(VIEW);
    assertThat(isThere("simulate alice clerk")).isFalse();
    assertThat(isThere("assignment alice clerk")).isTrue();
    assertThat(isThere("edit alice clerk")).isFalse();
    assertThat(isThere("new-assignment")).isFalse();
    signIn("eve", "nothing");
    anew(VIEW);
    assertThat(isThere("error-forbidden")).isTrue();
  }
}
