package dev.grantway.admin.wiring.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.wiring.FakeWiring;
import dev.grantway.admin.wiring.WiringService;
import dev.grantway.resource.Route;
import dev.grantway.wiring.GatewayResponses;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The wiring of the deployed API on its page, and on the overview. */
class WiringViewTest extends ViewTest {
  private static final String WIRING = "a/orders/prod/wiring";

  @Autowired FakeWiring gateway;
  @Autowired WiringService wiring;

  @BeforeEach
  void theDeployedApiIsThere() {
    List<String> routes =
        world.api().routes().routes().stream()
            .filter(it -> it.access() != Route.Access.PUBLIC)
            .map(Route::toString)
            .toList();
    gateway.has(routes);
    world.heartbeat("one", true, null);
  }

  @Test
  void anEditorSeesThatNobodyLooksAndCannotConnect() {
    open(WIRING);
    assertThat(page()).contains("This stage is not connected", "An owner can connect it");
    assertThat(isThere("wiring-connect")).isFalse();
    open("a/orders/prod/overview");
    assertThat(page()).contains("This stage is not connected to a deployed API");
  }

  private void connect() {
    signIn("olga", "owner");
    anew(WIRING);
    press("wiring-connect");
  }

  @Test
  void anOwnerConnectsAndSeesWhoIsAsked() {
    connect();
    assertThat(isThere("wiring-state")).isTrue();
    assertThat(page())
        .contains("Connected by olga", "the region of this app", "Looked at every 900 s")
        .contains("Identity sources", "context.httpMethod")
        .contains("GET /orders/{id}")
        .doesNotContain("nobody: open");
  }

  @Test
  void whatIsTypedWrongStandsAtItsField() {
    signIn("olga", "owner");
    anew(WIRING);
    part(TextField.class, "wiring-region").setValue("Frankfurt");
    press("wiring-connect");
    assertThat(part(TextField.class, "wiring-region").getErrorMessage())
        .contains("`Frankfurt` is no region");
    assertThat(isThere("wiring-state")).isFalse();
  }

  @Test
  void findingsComeWithTheChangeToCopyAndStandOnTheOverview() {
    gateway.open("POST /orders");
    connect();
    assertThat(isThere("wiring-found route-is-open")).isTrue();
    assertThat(page()).contains("everybody may call it", "nobody: open", "has to be repaired");
    assertThat(find(Pre.class).all())
        .extracting(Pre::getText)
        .anySatisfy(it -> assertThat(it).contains("update-method", "create-deployment"));
    assertThat(isThere("wiring-copy")).isTrue();
    open("a/orders/prod/overview");
    assertThat(page()).contains("route-is-open", "has to be repaired, since");
    open("a/orders/prod/routes");
    assertThat(page())
        .contains("A deployed route asks no authorizer", "everybody may call it: POST /orders");
    gateway.open();
    open(WIRING);
    press("wiring-check");
    open("a/orders/prod/routes");
    assertThat(isThere("routes-open")).isFalse();
  }

  @Test
  void driftIsShownAndTakenForRightByAnOwner() {
    connect();
    assertThat(isThere("wiring-accept")).isFalse();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    press("wiring-check");
    assertThat(isThere("wiring-found drift-ttl")).isTrue();
    signIn("ana", "editor");
    anew(WIRING);
    assertThat(isThere("wiring-found drift-ttl")).isTrue();
    assertThat(isThere("wiring-accept")).as("an editor accepts nothing").isFalse();
    assertThat(isThere("wiring-check")).isTrue();
    signIn("olga", "owner");
    anew(WIRING);
    press("wiring-accept");
    assertThat(isThere("wiring-found drift-ttl")).isFalse();
  }

  @Test
  void whoTakesForRightWhatALaterLookFoundOtherwiseIsToldAndSeesThat() {
    connect();
    gateway.cachedUnder(FakeWiring.BY_ROUTE, 60);
    press("wiring-check");
    gateway.open("POST /orders");
    wiring.check(world.api(), "prod");
    press("wiring-accept");
    assertThat(page()).contains("A look has found something since that you have not seen");
    assertThat(isThere("wiring-found drift-ttl")).isTrue();
    assertThat(isThere("wiring-found drift-attachment")).isTrue();
    press("wiring-accept");
    assertThat(isThere("wiring-found drift-ttl")).isFalse();
  }

  @Test
  void gatewayResponsesThatSomebodySetAreShown() {
    gateway.otherwise(it -> it.with(GatewayResponses.WANTED));
    connect();
    assertThat(page()).contains("Gateway response UNAUTHORIZED", "WWW-Authenticate: 'Bearer'");
  }

  @Test
  void whatCannotBeReadIsNeverShownAsWell() {
    connect();
    gateway.fails("GetStage was refused: allow this app's role `apigateway:GET` on `arn`");
    press("wiring-check");
    assertThat(isThere("wiring-unread")).isTrue();
    assertThat(page()).contains("so nobody knows", "allow this app's role", "is as of");
    assertThat(isThere("wiring-word")).isFalse();
    open("a/orders/prod/overview");
    assertThat(page()).contains("API Gateway did not tell how it is: GetStage was refused");
  }

  @Test
  void aViewerSeesAndDoesNothing() {
    connect();
    signIn("vic", "viewer");
    anew(WIRING);
    assertThat(isThere("wiring-state")).isTrue();
    assertThat(isThere("wiring-check")).isFalse();
    assertThat(isThere("wiring-disconnect")).isFalse();
  }

  @Test
  void disconnectingAsksFirst() {
    connect();
    press("wiring-disconnect");
    assertThat(isThere("wiring-state")).isTrue();
    test(find(ConfirmDialog.class).single()).confirm();
    assertThat(isThere("wiring-state")).isFalse();
    assertThat(isThere("wiring-none")).isTrue();
  }
}
