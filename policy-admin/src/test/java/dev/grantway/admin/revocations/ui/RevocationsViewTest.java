package dev.grantway.admin.revocations.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import org.junit.jupiter.api.Test;

@ViewPackages(packages = "dev.grantway.admin")
class RevocationsViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/revocations";

  private void type(String testId, String text) {
    test(part(TextField.class, testId)).setValue(text);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private void typeAll() {
    @SuppressWarnings("unchecked")
    ComboBox<String> issuer = part(ComboBox.class, "revoke-issuer");
    issuer.setValue("corp");
    type("revoke-value", "alice");
    type("revoke-reason", "stolen laptop");
  }

  @Test
  void somebodyIsRevokedAfterAQuestionAndLiftedForAReason() {
    signIn("ben", "approver");
    anew(VIEW);
    assertThat(page()).contains("Nothing is revoked.");
    assertThat(textOf("revoke-window")).contains("315 s at the worst", "live/prod");
    press("revoke");
    assertThat(part(TextField.class, "revoke-value").isInvalid()).isTrue();
    typeAll();
    press("revoke");
    assertThat(world.repository.revocations(0)).as("nothing before the answer").isEmpty();
    ConfirmDialog ask = find(ConfirmDialog.class).single();
    assertThat(ask.getElement().getProperty("message"))
        .contains("who signs in again is let in", "all 6 stages", "at the latest", "315 s");
    test(ask).confirm();
    assertThat(world.repository.revocations(0)).hasSize(1);
    assertThat(textOf("revoked")).contains("subject alice of corp", "everywhere by");
    assertThat(textOf("revocation alice")).contains("stolen laptop", "by ben");
    assertThat(part(TextField.class, "revoke-value").getValue()).isEmpty();
    press("lift alice");
    press("lift");
    assertThat(part(TextField.class, "lift-reason").isInvalid()).isTrue();
    type("lift-reason", "found again");
    press("lift");
    assertThat(isThere("revocation alice")).isFalse();
    assertThat(page()).contains("1 earlier revocation was lifted or has ended");
  }

  @Test
  void whoMayNotRevokeSeesWhatIsRevokedAndNoForm() {
    signIn("ben", "approver");
    anew(VIEW);
    typeAll();
    press("revoke");
    test(find(ConfirmDialog.class).single()).confirm();
    for (String right : new String[] {"viewer", "editor", "auditor"}) {
      signIn("vic", right);
      anew(VIEW);
      assertThat(isThere("revocation alice")).as(right).isTrue();
      assertThat(isThere("revoke-form")).as(right).isFalse();
      assertThat(isThere("lift alice")).as(right).isFalse();
    }
  }
}
