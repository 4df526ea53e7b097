package dev.grantway.admin.settings.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.security.OperatorRight;
import org.junit.jupiter.api.Test;

@ViewPackages(packages = "dev.grantway.admin")
class SettingsViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/settings";

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private void type(String testId, String text) {
    test(part(TextField.class, testId)).setValue(text);
  }

  private void choose(String testId, String text) {
    @SuppressWarnings("unchecked")
    ComboBox<String> box = part(ComboBox.class, testId);
    box.setValue(text);
  }

  private void olgaOpensIt() {
    world.operators.is("olga", OperatorRight.OWNER);
    signIn("olga", "owner");
    anew(VIEW);
  }

  @Test
  void anOwnerChangesAnApprovalRuleAndIsToldOfOneThatNobodyCouldSatisfy() {
    olgaOpensIt();
    assertThat(textOf("section-approval")).contains("orders", "billing", "olga");
    press("new-approval");
    choose("rule-api", "orders");
    choose("rule-stage", "prod");
    type("rule-required", "9");
    press("save-rule");
    assertThat(part(TextField.class, "rule-required").getErrorMessage())
        .contains("nobody could publish there");
    type("rule-required", "1");
    press("save-rule");
    assertThat(textOf("section-approval")).contains("staged: added");
    assertThat(textOf("staged-count")).isEqualTo("1 staged change");
  }

  @Test
  void invariantsReadAsSentencesAndAreEdited() {
    anew(VIEW);
    assertThat(textOf("rule ops-never-refund")).contains("ops may never POST /orders/{id}/refunds");
    press("edit ops-never-refund");
    assertThat(part(TextField.class, "rule-name").isReadOnly()).isTrue();
    assertThat(isThere("rule-first")).isFalse();
    type("rule-except", "finance");
    press("save-rule");
    assertThat(textOf("rule ops-never-refund")).contains("staged: changed", "(except finance)");
    press("remove ops-never-refund");
    assertThat(textOf("rule ops-never-refund")).contains("staged: deleted");
    press("restore ops-never-refund");
    assertThat(textOf("staged-count")).isEqualTo("Nothing staged");
  }

  @Test
  void whatIsAnOwnersIsOfferedToOwnersAlone() {
    anew(VIEW);
    assertThat(isThere("new-invariant")).isTrue();
    assertThat(isThere("new-approval")).isFalse();
    assertThat(isThere("new-retention")).isFalse();
    signIn("vic", "viewer");
    anew(VIEW);
    assertThat(isThere("new-invariant")).isFalse();
    assertThat(isThere("rule ops-never-refund")).isTrue();
    olgaOpensIt();
    assertThat(isThere("new-approval")).isTrue();
  }

  @Test
  void theOtherRulesHaveTheirForms() {
    olgaOpensIt();
    press("new-retention");
    type("rule-days", "30");
    press("save-rule");
    assertThat(textOf("section-retention")).contains("30 days", "staged: added");
    press("new-limit");
    type("rule-operator", "ana");
    press("save-rule");
    assertThat(textOf("section-limit")).contains("ana", "none");
    press("new-waiver");
    press("save-rule");
    assertThat(part(TextField.class, "rule-finding").isInvalid()).isTrue();
    world.heartbeat("0123456789abcdef", true, null);
    anew(VIEW);
    assertThat(textOf("section-authorizers")).contains("1 instance", "300 s under token+route");
  }
}
