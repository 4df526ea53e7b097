package dev.grantway.admin.routes.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import org.junit.jupiter.api.Test;

@ViewPackages(packages = "dev.grantway.admin")
class RoutesViewTest extends ViewTest {
  private static final String VIEW = "a/orders/prod/routes";

  private void type(String testId, String text) {
    test(part(TextField.class, testId)).setValue(text);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  @Test
  void everyRouteSaysWhatItIsAndWhoGetsThrough() {
    anew(VIEW);
    assertThat(textOf("route POST /orders/{id}/refunds"))
        .contains("money", "Owner team-orders", "granted", "finance", "ops", "refundOrder");
    assertThat(textOf("route GET /health")).contains("public").doesNotContain("ops");
    test(part(NativeButton.class, "chip-public")).click();
    assertThat(isThere("route POST /orders/{id}/refunds")).isFalse();
    assertThat(part(TextField.class, "route-filter").getValue()).isEqualTo("state:public");
    anew(VIEW + "?filter=zzz");
    assertThat(page()).contains("“zzz” leaves none of");
  }

  @Test
  void aRouteIsAddedRemovedAndTakenBackInTheDraft() {
    anew(VIEW);
    press("new-route");
    press("save-route");
    assertThat(part(TextField.class, "route-text").isInvalid()).isTrue();
    type("route-text", "GET /parcels");
    type("route-tags", "pii, shipping");
    press("save-route");
    assertThat(textOf("route GET /parcels"))
        .contains("staged: added", "pii", "shipping", "new", "granted", "ops");
    press("new-route");
    type("route-text", "GET /kept/{path+}");
    press("save-route");
    assertThat(textOf("greedy GET /kept/{path+}"))
        .isEqualTo("does not match /kept itself, and no other route takes such calls");
    press("restore GET /kept/{path+}");
    press("remove GET /orders");
    test(find(ConfirmDialog.class).single()).confirm();
    assertThat(textOf("route GET /orders")).contains("staged: deleted");
    assertThat(textOf("staged-count")).as("an API is one row").isEqualTo("1 staged change");
    press("restore GET /orders");
    press("restore GET /parcels");
    assertThat(textOf("staged-count")).isEqualTo("Nothing staged");
  }

  @Test
  void whoOnlySeesIsOfferedNoEdit() {
    signIn("vic", "viewer");
    anew(VIEW);
    assertThat(isThere("route GET /orders")).isTrue();
    assertThat(isThere("edit GET /orders")).isFalse();
    assertThat(isThere("new-route")).isFalse();
  }

  @Test
  void aWebSocketApiHasRouteKeys() {
    anew("a/live/prod/routes");
    assertThat(isThere("route $connect")).isTrue();
    press("new-route");
    type("route-text", "shout");
    press("save-route");
    assertThat(textOf("route shout")).contains("staged: added", "forgotten");
  }
}
