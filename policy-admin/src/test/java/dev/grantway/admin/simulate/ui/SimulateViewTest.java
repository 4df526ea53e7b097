package dev.grantway.admin.simulate.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import org.junit.jupiter.api.Test;

@ViewPackages(packages = "dev.grantway.admin")
class SimulateViewTest extends ViewTest {
  private static final String SIMULATE = "a/orders/prod/simulate";
  private static final String REFUND = "?method=POST&path=/orders/42/refunds&roles=support";

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private void type(String testId, String text) {
    test(part(TextField.class, testId)).setValue(text);
  }

  @Test
  void aLinkIsAnsweredAtOnceStepByStep() {
    anew(SIMULATE + REFUND);
    assertThat(textOf("simulate-verdict")).contains("Denied by revision 1", "No permission");
    assertThat(textOf("trace"))
        .contains("support", "viewer", "POST /orders/{id}/refunds", "none of them");
    assertThat(isThere("nearest finance-refunds")).isTrue();
    assertThat(textOf("simulate-document")).contains("bytes", "DENY");
    assertThat(textOf("simulate-curl")).contains("curl -g -i -X POST", "/orders/42/refunds");
  }

  @Test
  void whatIsRefusedIsSaidAtItsFieldAlsoInTheFoldedPart() {
    anew(SIMULATE + REFUND);
    type("simulate-path", "orders");
    test(part(TextArea.class, "simulate-claims")).setValue("region");
    press("ask");
    assertThat(part(TextField.class, "simulate-path").getErrorMessage()).contains("begins with /");
    assertThat(part(TextArea.class, "simulate-claims").getErrorMessage()).contains("`region`");
    assertThat(isThere("simulate-verdict")).isFalse();
    type("simulate-path", "/orders/42");
    test(part(TextArea.class, "simulate-claims")).setValue("region = eu");
    press("ask");
    assertThat(part(TextField.class, "simulate-path").isInvalid()).isFalse();
    assertThat(isThere("simulate-verdict")).isTrue();
  }

  @Test
  void theAnswerBecomesATestInTheDraft() {
    anew(SIMULATE + REFUND);
    press("save-test");
    assertThat(part(TextField.class, "test-name").isInvalid()).isTrue();
    type("test-name", "support does not refund");
    press("save-test");
    assertThat(textOf("staged-count")).contains("1 staged change");
    type("test-name", "support does not refund");
    press("save-test");
    assertThat(part(TextField.class, "test-name").getErrorMessage()).contains("already");
    open("a/orders/prod/changes");
    assertThat(page()).contains("support does not refund");
  }

  @Test
  void theDraftIsAskedWhereSomebodySaysSo() {
    anew(SIMULATE + REFUND + "&against=draft");
    assertThat(textOf("simulate-verdict")).contains("your draft on revision 1");
    type("simulate-against", "77");
    press("ask");
    assertThat(textOf("simulate-verdict")).contains("never published");
  }

  @Test
  void aWebSocketApiIsAskedForARouteKey() {
    anew("a/live/prod/simulate?path=$connect&roles=follower");
    assertThat(textOf("simulate-verdict")).contains("Allowed by revision 1");
    assertThat(isThere("simulate-method")).isFalse();
  }

  @Test
  void whoMayNotDraftMayNotSimulateAndIsOfferedNothing() {
    signIn("vic", "viewer");
    anew(SIMULATE);
    assertThat(isThere("error-forbidden")).isTrue();
    assertThat(isThere("simulate-form")).isFalse();
    open("a/orders/prod/roles");
    assertThat(isThere("nav-simulate")).isFalse();
  }
}
