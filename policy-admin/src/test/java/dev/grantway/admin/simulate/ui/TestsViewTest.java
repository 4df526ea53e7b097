package dev.grantway.admin.simulate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.policy.Effect;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@ViewPackages(packages = "dev.grantway.admin")
class TestsViewTest extends ViewTest {
  private static final String TESTS = "a/orders/prod/simulate/tests";
  private static final String NAME = "support does not refund";

  @BeforeEach
  void aTestIsKept() {
    anew("a/orders/prod/simulate?method=POST&path=/orders/42/refunds&roles=support");
    test(part(TextField.class, "test-name")).setValue(NAME);
    press("save-test");
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  @SuppressWarnings("unchecked")
  private RadioButtonGroup<Effect> expect() {
    return part(RadioButtonGroup.class, "test-expect");
  }

  @Test
  void aTestSaysWhatItAsksAndWhatItComesToOnBothSides() {
    anew(TESTS);
    assertThat(textOf("test-row " + NAME))
        .contains("POST /orders/42/refunds", "orders prod · roles: support", "Deny", "added");
    assertThat(textOf("test-live " + NAME)).isEqualTo("not there");
    assertThat(textOf("test-draft " + NAME)).isEqualTo("passes");
    assertThat(textOf("tests-sub")).contains("1 test", "none fails with your draft");
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    anew(TESTS + "?filter=state:failing");
    assertThat(textOf("test-draft " + NAME)).contains("fails", "expected DENY, got ALLOW");
    anew(TESTS + "?filter=state:passing");
    assertThat(page()).contains("“state:passing” leaves none of 1 test");
  }

  @Test
  void aTestIsEditedAndDeletedByDraft() {
    anew(TESTS);
    press("edit-test " + NAME);
    test(part(TextField.class, "test-path")).setValue("orders");
    press("stage-test");
    assertThat(part(TextField.class, "test-path").getErrorMessage()).contains("begins with /");
    test(part(TextField.class, "test-path")).setValue("/orders/7/refunds");
    expect().setValue(Effect.ALLOW);
    press("stage-test");
    assertThat(textOf("test-row " + NAME)).contains("/orders/7/refunds", "expected ALLOW");
    press("remove-test " + NAME);
    assertThat(isThere("test-row " + NAME)).isFalse();
    assertThat(page()).contains("There are no tests yet");
    press("undo");
    assertThat(isThere("test-row " + NAME)).isTrue();
  }

  @Test
  void aTestIsSimulated() {
    anew(TESTS);
    press("simulate-test " + NAME);
    assertThat(path()).isEqualTo("a/orders/prod/simulate");
    assertThat(textOf("simulate-verdict")).contains("Denied by revision 1");
    open("a/orders/prod/simulate");
    assertThat(part(TextField.class, "simulate-path").getValue()).as("once only").isEmpty();
  }

  @Test
  void whoOnlySeesReadsThemAndEditsNothing() {
    signIn("vic", "viewer");
    anew("a/orders/prod/settings");
    assertThat(isThere("open-tests")).isTrue();
    open(TESTS);
    assertThat(isThere("tests-sub")).isTrue();
    assertThat(isThere("show-simulate")).isFalse();
    signIn("eve", "nothing");
    anew(TESTS);
    assertThat(isThere("error-forbidden")).isTrue();
  }
}
