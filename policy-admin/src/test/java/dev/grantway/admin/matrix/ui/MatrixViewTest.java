package dev.grantway.admin.matrix.ui;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.router.QueryParameters;
import dev.grantway.admin.ViewTest;
import dev.grantway.admin.changes.Outcome;
import dev.grantway.admin.common.Messages;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.matrix.MatrixRow;
import dev.grantway.admin.matrix.NamedRoles;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.store.PinnedSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

@ViewPackages(packages = "dev.grantway.admin")
class MatrixViewTest extends ViewTest {
  private static final String MATRIX = "a/orders/prod/matrix";
  private static final String REFUND = "POST /orders/{id}/refunds";

  private MatrixGrid grid() {
    return find(MatrixGrid.class).single();
  }

  private MatrixView view() {
    return find(MatrixView.class).single();
  }

  /** The rows that are shown, groups too, when everything is open. */
  private int rowOf(String id) {
    int size = test(grid()).size();
    return IntStream.range(0, size)
        .filter(i -> test(grid()).getRow(i).id().equals(id))
        .findFirst()
        .orElseThrow(() -> new AssertionError(id + " is none of " + size + " rows"));
  }

  private String cell(String role, String id, String property) {
    return test(grid()).getLitRendererPropertyValue(rowOf(id), role, property, String.class);
  }

  private void click(String role, String id) {
    view().pressed(test(grid()).getRow(rowOf(id)), new RoleName(role), false);
  }

  private void range(String role, String id) {
    view().pressed(test(grid()).getRow(rowOf(id)), new RoleName(role), true);
  }

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private String why() {
    return find(WhyPanel.class).single().getElement().getTextRecursively();
  }

  private String staged() {
    return textOf("staged-count");
  }

  @Test
  void cellsSayInWordsWhatTheyShow() {
    open(MATRIX);
    assertThat(cell("support", "GET /orders", "l"))
        .isEqualTo("support on GET /orders: allowed, inherited from viewer");
    assertThat(cell("support", "GET /orders", "k")).contains("tile allow inherited");
    assertThat(cell("viewer", "GET /orders", "k"))
        .contains("tile allow")
        .doesNotContain("inherited");
    assertThat(cell("ops", REFUND, "l")).isEqualTo("ops on " + REFUND + ": denied");
    assertThat(cell("support", REFUND, "l")).endsWith(": denied by default");
    assertThat(cell("seasonal", "GET /orders", "k")).contains("when");
    assertThat(cell("viewer", "/orders/**", "t")).isEqualTo("2/25");
    assertThat(cell("viewer", "/orders/**", "l"))
        .isEqualTo("viewer below /orders: 2 of 25 routes allowed, 0 denied by name");
  }

  @Test
  void aClickStagesAndSaysWhichPermission() {
    open(MATRIX);
    click("support", REFUND);
    assertThat(staged()).isEqualTo("1 staged change");
    assertThat(cell("support", REFUND, "t")).isEqualTo("+");
    assertThat(cell("support", REFUND, "l"))
        .isEqualTo("support on " + REFUND + ": allowed; staged, denied by default until published");
    assertThat(textOf("matrix-said"))
        .contains("allowed on stage prod", "support-post-orders-id-refunds");
    assertThat(why()).contains("With this draft", "allowed");
    assertThat(cell("support", "/orders/**", "k")).contains("touched");
    press("undo");
    assertThat(cell("support", REFUND, "t")).isEmpty();
    press("redo");
    assertThat(cell("support", REFUND, "t")).isEqualTo("+");
    click("support", REFUND);
    assertThat(cell("support", REFUND, "t")).isEqualTo("−");
    click("support", REFUND);
    assertThat(staged()).isEqualTo("Nothing staged");
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void theButtonInACellDoesIt() {
    open(MATRIX);
    var arguments = new ObjectMapper().createArrayNode().add(false);
    test(grid()).invokeLitRendererFunction(rowOf(REFUND), "support", "press", arguments);
    assertThat(staged()).isEqualTo("1 staged change");
    test(grid()).invokeLitRendererFunction(rowOf(REFUND), "support", "clear");
    assertThat(staged()).isEqualTo("Nothing staged");
  }

  @Test
  void anInheritedCellIsOverriddenFromItsExplanation() {
    open(MATRIX);
    click("support", "GET /orders");
    assertThat(staged()).isEqualTo("Nothing staged");
    assertThat(textOf("matrix-said")).contains("nothing staged", "by inheritance");
    assertThat(why()).contains("viewer-list", "Go to viewer");
    assertThat(part(Button.class, "matrix-deny").getText()).contains("Override here");
    press("matrix-deny");
    assertThat(cell("support", "GET /orders", "l")).contains("denied; staged, allowed, inherited");
    press("matrix-clear");
    assertThat(staged()).isEqualTo("Nothing staged");
  }

  @Test
  void theWayOfAnInheritedPermissionIsTold() {
    anew(MATRIX + "?cell=support%20GET%20/orders");
    assertThat(textOf("matrix-via viewer-list")).isEqualTo("inherited: support → viewer");
    assertThat(isThere("matrix-split")).as("it is no permission of its own").isFalse();
  }

  @Test
  void aCellIsSplitOutOfAWidePermission() {
    anew(MATRIX + "?cell=finance%20GET%20/reports/daily");
    view().cleared(test(grid()).getRow(rowOf("GET /reports/daily")), new RoleName("finance"));
    assertThat(textOf("matrix-said")).contains("covers more, so deny it here or split");
    assertThat(isThere("matrix-deny")).isTrue();
    press("matrix-split");
    assertThat(textOf("matrix-said"))
        .contains("no longer allowed on stage prod", "finance-reports", "covers less");
    assertThat(cell("finance", "GET /reports/daily", "t")).isEqualTo("−");
    assertThat(cell("finance", "GET /reports/{name}", "k")).doesNotContain("less");
    press("undo");
    assertThat(staged()).isEqualTo("Nothing staged");
    signIn("vic", "viewer");
    anew(MATRIX + "?cell=finance%20GET%20/reports/daily");
    assertThat(isThere("matrix-split")).isFalse();
  }

  @Test
  void rolesAreKeptAsASetAndPickedAgain() {
    anew(MATRIX + "?roles=clerk,support");
    press("keep-roles");
    press("save-pinned-set");
    assertThat(part(TextField.class, "pinned-set-name").isInvalid()).isTrue();
    test(part(TextField.class, "pinned-set-name")).setValue("desk");
    press("save-pinned-set");
    assertThat(shownSet()).isEqualTo("desk");
    anew(MATRIX);
    assertThat(shownSet()).isEmpty();
    test(sets()).selectItem("desk");
    assertThat(grid().roles()).extracting(RoleName::value).containsExactly("clerk", "support");
    anew(MATRIX + "?roles=support,clerk");
    assertThat(shownSet()).as("a link holds the roles").isEqualTo("desk");
    press("delete-pinned-set");
    assertThat(shownSet()).isEmpty();
    assertThat(world.repository.pinnedSets().of("ana")).isEmpty();
  }

  @Test
  void theSetThatWasPickedIsTheOneThatIsDeleted() {
    for (String name : List.of("first", "second")) {
      anew(MATRIX + "?roles=clerk,support");
      press("keep-roles");
      test(part(TextField.class, "pinned-set-name")).setValue(name);
      press("save-pinned-set");
    }
    anew(MATRIX);
    test(sets()).selectItem("second");
    assertThat(shownSet()).as("both hold the same roles").isEqualTo("second");
    press("delete-pinned-set");
    assertThat(world.repository.pinnedSets().of("ana"))
        .extracting(PinnedSet::name)
        .containsExactly("first");
  }

  @SuppressWarnings("unchecked")
  private Select<NamedRoles> sets() {
    return find(PinnedSetPicker.class)
        .single()
        .getChildren()
        .filter(Select.class::isInstance)
        .map(it -> (Select<NamedRoles>) it)
        .findFirst()
        .orElseThrow();
  }

  private String shownSet() {
    return sets().getOptionalValue().map(NamedRoles::name).orElse("");
  }

  @Test
  void aRangeBecomesWhatItsFirstCellIs() {
    open(MATRIX);
    click("support", "POST /orders/{id}/items");
    range("viewer", "DELETE /orders/{id}/items/{itemId}");
    assertThat(cell("viewer", "PUT /orders/{id}/items/{itemId}", "t")).isEqualTo("+");
    assertThat(cell("support", "DELETE /orders/{id}/items/{itemId}", "t")).isNotEmpty();
    assertThat(textOf("matrix-said")).contains("cells allowed on stage prod", "so already");
  }

  @Test
  void aRangeLeavesOutWhatStandsInClosedGroups() {
    open(MATRIX);
    click("viewer", "POST /customers");
    String group = "/customers/{customerId}/**";
    grid().collapse(test(grid()).getRow(rowOf(group)));
    range("viewer", "GET /reports/daily");
    grid().expand(test(grid()).getRow(rowOf(group)));
    assertThat(cell("viewer", "GET /reports/daily", "t")).isEqualTo("+");
    assertThat(cell("viewer", "PUT /customers/{customerId}", "t")).isNotEqualTo("+");
  }

  @Test
  void aRangeDoesNotMakeAnAllowOutOfOneUnderACondition() {
    anew(MATRIX + "?cell=seasonal%20POST%20/orders");
    range("seasonal", "POST /orders/export");
    assertThat(staged()).isEqualTo("Nothing staged");
    assertThat(textOf("matrix-said")).contains("only under a condition");
  }

  @Test
  void aGroupAsksFirstAndCounts() {
    open(MATRIX);
    click("support", "/customers/{customerId}/**");
    assertThat(staged()).isEqualTo("Nothing staged");
    assertThat(part(Button.class, "group-allow").getText()).isEqualTo("Allow 4 cells");
    assertThat(part(Button.class, "group-clear").isEnabled()).isFalse();
    press("group-allow");
    assertThat(staged()).isEqualTo("4 staged changes");
    assertThat(cell("support", "/customers/{customerId}/**", "t")).isEqualTo("5/5");
    press("undo");
    click("support", "/customers/{customerId}/**");
    press("group-wide");
    assertThat(staged()).isEqualTo("1 staged change");
    assertThat(cell("support", "/customers/{customerId}/**", "t")).isEqualTo("5/5");
  }

  @Test
  void theUrlHoldsFilterRolesAndCell() {
    open(
        MATRIX
            + "?filter=path:/orders/%7Bid%7D/refunds&roles=finance,ops&cell=ops%20POST%20/orders/%7Bid%7D/refunds");
    assertThat(grid().roles()).extracting(RoleName::value).containsExactly("finance", "ops");
    assertThat(part(TextField.class, "matrix-filter").getValue())
        .isEqualTo("path:/orders/{id}/refunds");
    assertThat(why()).contains("ops-no-refunds", "SOX");
    assertThat(cell("ops", REFUND, "k")).contains(" at");
    assertThat(cell("finance", REFUND, "k")).doesNotContain(" at");
    assertThat(IntStream.range(0, test(grid()).size()).mapToObj(i -> test(grid()).getRow(i).id()))
        .doesNotContain("GET /orders");
  }

  @Test
  void anAddressIsReadAsItWasWritten() {
    var address =
        MatrixAddress.read(
            name ->
                switch (name) {
                  case "filter" -> "state:denied role:a/b refunds";
                  case "roles" -> "a/b,c:d,not a role";
                  case "cell" -> "c:d " + REFUND;
                  default -> "";
                });
    assertThat(address.roles()).extracting(RoleName::value).containsExactly("a/b", "c:d");
    String path = address.path(new Place("orders", "prod"));
    assertThat(path).startsWith("a/orders/prod/matrix?");
    var query = QueryParameters.fromString(path.split("\\?")[1]);
    assertThat(MatrixAddress.read(name -> query.getSingleParameter(name).orElse("")))
        .isEqualTo(address);
    assertThat(MatrixAddress.EMPTY.path(new Place("orders", "prod")))
        .isEqualTo("a/orders/prod/matrix");
  }

  @Test
  void chipsAndTypingAreOneFilter() {
    open(MATRIX);
    test(part(TextField.class, "matrix-filter")).setValue("role:ops");
    assertThat(grid().roles()).extracting(RoleName::value).containsExactly("ops");
    test(part(NativeButton.class, "chip-denied")).click();
    assertThat(part(TextField.class, "matrix-filter").getValue())
        .isEqualTo("role:ops state:denied");
    assertThat(part(NativeButton.class, "chip-denied").getElement().getAttribute("aria-pressed"))
        .isEqualTo("true");
    assertThat(textOf("matrix-sub")).contains("3 of 49 rows");
    test(part(TextField.class, "matrix-filter")).setValue("role:viewer state:denied");
    assertThat(textOf("matrix-empty")).contains("state:denied", "role:viewer", "none of 49 rows");
    test(part(NativeButton.class, "chip-denied")).click();
    assertThat(grid().isVisible()).isTrue();
  }

  @Test
  void aColumnStaysWhenItsLastCellIsTakenBack() {
    open(MATRIX + "?roles=authenticated");
    click("authenticated", REFUND);
    anew(MATRIX);
    assertThat(grid().roles()).contains(RoleName.AUTHENTICATED).hasSizeGreaterThan(5);
    press("undo");
    assertThat(grid().roles()).contains(RoleName.AUTHENTICATED);
    anew(MATRIX);
    assertThat(grid().roles()).doesNotContain(RoleName.AUTHENTICATED);
  }

  @Test
  void whoOnlySeesStagesNothing() {
    signIn("vic", "viewer");
    anew(MATRIX);
    click("support", REFUND);
    click("support", "/orders/**");
    assertThat(isThere("group-allow")).isFalse();
    assertThat(world.changes.draft().count()).isZero();
    assertThat(why()).contains("denied by default");
    assertThat(isThere("matrix-allow")).isFalse();
  }

  @Test
  void webSocketRoutesAreCellsToo() {
    open("a/live/prod/matrix");
    click("follower", "reply");
    assertThat(cell("follower", "reply", "t")).isEqualTo("+");
    press("review");
    assertThat(isThere("effect follower reply")).isTrue();
  }

  @Test
  void whatWasStagedInTheMatrixIsPublished() {
    open(MATRIX);
    click("support", REFUND);
    assertThat(world.publish(world.changes.draft().hash(), "OPS-42"))
        .isInstanceOf(Outcome.Published.class);
    assertThat(
            world.repository.live().permission(new PermissionId("support-post-orders-id-refunds")))
        .isPresent();
    anew(MATRIX);
    assertThat(cell("support", REFUND, "l")).endsWith(": allowed");
  }

  /** What a cell says comes from the bundle too, though it is no part of the page's text. */
  @Test
  void cellsSpeakByTheBundleAlone() {
    UI.getCurrent().setLocale(Messages.PSEUDO);
    anew(MATRIX);
    click("support", REFUND);
    for (MatrixRow row :
        List.of(test(grid()).getRow(rowOf(REFUND)), test(grid()).getRow(rowOf("/orders/**")))) {
      for (RoleName role : grid().roles()) {
        assertThat(cell(role.value(), row.id(), "l")).startsWith("[").endsWith("]");
      }
    }
    assertThat(
            test(grid())
                .getLitRendererPropertyValue(rowOf("/orders/**"), "route", "n", String.class))
        .startsWith("[");
    assertThat(grid().getElement().getProperty("accessibleName")).startsWith("[");
  }
}
