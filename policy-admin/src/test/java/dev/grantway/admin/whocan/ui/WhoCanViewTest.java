package dev.grantway.admin.whocan.ui;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.ViewTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

@ViewPackages(packages = "dev.grantway.admin")
class WhoCanViewTest extends ViewTest {
  private static final String WHO_CAN = "a/orders/prod/who-can";
  private static final String REFUND = "?route=POST /orders/{id}/refunds";

  private String textOf(String testId) {
    return part(Component.class, testId).getElement().getTextRecursively();
  }

  private void assign(String role, Assignment.Kind kind, String value) {
    world.behind(
        Change.add(
            new PolicyRow.OfAssignment(
                new Assignment(new RoleName(role), "dev", kind, value, null))));
  }

  @Test
  void aLinkIsAnsweredWithRolesReasonsAndPeople() {
    assign("finance", Assignment.Kind.SUBJECT, "mia");
    anew(WHO_CAN + REFUND);
    assertThat(textOf("who-can-verdict"))
        .contains("1 of", "roles may call POST /orders/{id}/refunds", "revision 2, which is live");
    assertThat(textOf("who-role finance")).contains("/orders/{id}/refunds", "its own");
    assertThat(textOf("who-role ops")).contains("Deny", "ops-no-refunds");
    assertThat(textOf("who-holder mia")).contains("subject", "dev", "finance");
  }

  @Test
  void anEarlierRevisionIsAskedAndATimeThatIsNoneIsRefusedAtItsField() {
    assign("finance", Assignment.Kind.SUBJECT, "mia");
    anew(WHO_CAN + REFUND + "&at=1");
    assertThat(textOf("who-can-verdict")).contains("revision 1; live is 2");
    assertThat(isThere("who-holder mia")).isFalse();
    test(part(TextField.class, "ask-at")).setValue("yesterday");
    press("ask");
    assertThat(part(TextField.class, "ask-at").getErrorMessage()).contains("`yesterday`");
    assertThat(isThere("who-can-verdict")).isFalse();
    test(part(TextField.class, "ask-at")).setValue("2030-01-01T00:00:00Z");
    press("ask");
    assertThat(part(TextField.class, "ask-at").getErrorMessage()).contains("has not come yet");
    assertThat(isThere("who-can-verdict")).isFalse();
    test(part(TextField.class, "ask-at")).setValue("7");
    press("ask");
    assertThat(textOf("who-can-nothing")).contains("nothing was published");
  }

  @Test
  void aRoleAndTwoRolesAreAsked() {
    anew(WHO_CAN + "?ask=role&role=support");
    assertThat(textOf("who-can-verdict")).contains("support may call 8 of");
    assertThat(textOf("who-place GET /orders")).contains("inherited:", "support → viewer");
    anew(WHO_CAN + "?ask=role&role=viewer&with=seasonal&at=" + world.clock.instant());
    assertThat(textOf("who-can-verdict")).contains("viewer and seasonal differ in 2 routes");
    assertThat(isThere("who-difference POST /orders")).isTrue();
  }

  @Test
  void somebodyIsAskedByIssuerAndName() {
    assign("finance", Assignment.Kind.GROUP, "money");
    anew(WHO_CAN + "?ask=somebody&kind=group&issuer=dev&who=money");
    assertThat(textOf("who-can-verdict")).contains("money may call", "finance");
    assertThat(textOf("who-place POST /orders/{id}/refunds")).contains("by finance");
    assertThat(textOf("who-place GET /orders")).contains("by finance → viewer");
  }

  @Test
  void aTagAndRolesThatDifferOnlyHereAreAsked() {
    anew(WHO_CAN + "?route=tag:money");
    assertThat(textOf("who-can-verdict")).contains("3 routes are tagged money");
    assertThat(textOf("who-tagged POST /orders/{id}/refunds")).contains("finance", "ops");
    anew(WHO_CAN + REFUND);
    press("find-twins");
    assertThat(textOf("who-twins")).contains("There are none");
  }

  @Test
  void aListOfMembersIsImportedAndAWrongOneRefusedByLine() {
    assign("finance", Assignment.Kind.GROUP, "money");
    anew(WHO_CAN + REFUND);
    assertThat(textOf("members")).contains("No membership list");
    MembersPanel panel = part(MembersPanel.class, "members");
    read(panel, "dev,mia,money,x\n,mia,money\n");
    assertThat(textOf("members-refused"))
        .contains("Nothing was imported", "m.csv has errors")
        .contains("m.csv:2:1: error bad-row", "m.csv:3:1: error missing-key");
    assertThat(isThere("members-take")).isFalse();
    read(panel, "dev,mia,money\ndev,mia,money\n");
    assertThat(textOf("members"))
        .contains("m.csv: 1 new, 0 gone, 0 unchanged against the last list. Nothing is taken yet.")
        .contains("new dev subject mia in group money")
        .contains("m.csv:3:1: warning repeated-row")
        .contains("No membership list");
    press("members-take");
    assertThat(textOf("members-imported"))
        .isEqualTo("Imported: 1 row. It is in force from now on.");
    assertThat(isThere("members-take")).isFalse();
    assertThat(textOf("members-facts")).contains("1 row imported by ana at");
    assertThat(textOf("who-holder mia")).contains("finance", "by group money");
    signIn("vic", "viewer");
    anew(WHO_CAN);
    assertThat(isThere("members-facts")).isTrue();
    assertThat(isThere("import-members")).isFalse();
  }

  private static void read(MembersPanel panel, String rows) {
    panel.read("m.csv", ("issuer,subject,group\n" + rows).getBytes(UTF_8));
  }

  @Test
  void aLongListIsComparedWithItsFirstRowsAndHowManyOthersThereAre() {
    anew(WHO_CAN + REFUND);
    read(
        part(MembersPanel.class, "members"),
        IntStream.range(0, 60).mapToObj(it -> "dev,s" + it + ",money\n").collect(joining()));
    assertThat(textOf("members"))
        .contains("60 new", "new dev subject s49 in", "and 10 more that are new or gone")
        .doesNotContain("subject s50 in");
  }

  @Test
  void aListThatWasComparedWithAnotherThanTheLastIsNotTaken() {
    anew(WHO_CAN + REFUND);
    read(part(MembersPanel.class, "members"), "dev,kim,money\n");
    listed("zoe", "mia");
    press("members-take");
    assertThat(textOf("members-refused")).contains("somebody imported another membership list");
    assertThat(textOf("members-facts")).contains("imported by zoe");
  }

  @Test
  void ofManyWrongRowsAPageListsAThousandAndNamesTheCommandForAll() {
    anew(WHO_CAN + REFUND);
    read(part(MembersPanel.class, "members"), "x\n".repeat(1_002));
    assertThat(textOf("members-refused"))
        .contains("m.csv:1001:1: error bad-row", "and 2 more", "--from csv-memberships")
        .doesNotContain("m.csv:1002:1:");
  }

  private void listed(String by, String subject) {
    world.pass(Duration.ofHours(1));
    var _ =
        world
            .repository
            .memberships()
            .add(
                new MembershipList(
                    world.clock.instant(), by, List.of(new Membership("dev", subject, "money"))));
    world.pass(Duration.ofHours(1));
  }

  @Test
  void anAnswerOfThePastNamesTheListThatWasInForceThen() {
    assign("finance", Assignment.Kind.GROUP, "money");
    listed("zoe", "mia");
    assign("viewer", Assignment.Kind.SUBJECT, "kim");
    listed("yan", "eve");
    anew(WHO_CAN + REFUND);
    assertThat(isThere("members-then")).as("the panel names it").isFalse();
    assertThat(isThere("who-holder eve")).isTrue();
    anew(WHO_CAN + REFUND + "&at=2");
    assertThat(textOf("members-then")).contains("list in force then: imported by zoe at");
    assertThat(isThere("who-holder mia")).isTrue();
    assertThat(isThere("who-holder eve")).isFalse();
    anew(WHO_CAN + REFUND + "&at=1");
    assertThat(textOf("members-then")).startsWith("No membership list was in force then");
  }

  /** A browser can be told to send whatever one likes. */
  @Test
  void ofAFileThatIsTooLongOnlyTheStartIsRead() throws IOException {
    var read = new AtomicLong();
    var endless =
        new InputStream() {
          @Override
          public int read() {
            read.incrementAndGet();
            return 'x';
          }

          @Override
          public int read(byte[] into, int from, int length) {
            read.addAndGet(length);
            Arrays.fill(into, from, from + length, (byte) 'x');
            return length;
          }
        };
    byte[] start = MembersPanel.start(endless);
    assertThat(read).hasValue(8_000_001);
    anew(WHO_CAN + REFUND);
    part(MembersPanel.class, "members").read("m.csv", start);
    assertThat(textOf("members-refused")).contains("more than 8000000 bytes", "leave out groups");
    assertThat(textOf("members")).contains("No membership list");
  }

  @Test
  void aRouteOfATagSaysWhereNoGrantIsAsked() {
    world.behind(tagged("GET /health"));
    anew(WHO_CAN + "?route=tag:looks");
    assertThat(textOf("who-tagged GET /health"))
        .contains("public", "everybody")
        .doesNotContain("by grant");
  }

  private Change tagged(String text) {
    Api api = world.api();
    List<Route> routes =
        api.routes().routes().stream()
            .map(
                it ->
                    it.toString().equals(text)
                        ? new Route(
                            it.actions(),
                            it.template(),
                            it.operationId(),
                            new TreeSet<>(Set.of("looks")),
                            it.owner(),
                            it.access(),
                            it.state())
                        : it)
            .toList();
    return Change.alter(
        new PolicyRow.OfApi(api),
        new PolicyRow.OfApi(
            new Api(
                api.id(),
                api.name(),
                api.stages(),
                new RouteTable(api.type(), routes),
                api.allowUnconfirmedRouteTable())));
  }

  @Test
  void whoeverSeesMayAskAndWhoHasNoRightMayNot() {
    signIn("vic", "viewer");
    anew(WHO_CAN);
    assertThat(isThere("who-can-empty")).isTrue();
    assertThat(isThere("nav-who-can")).isTrue();
    signIn("eve", "nothing");
    open(WHO_CAN + REFUND);
    assertThat(isThere("error-forbidden")).isTrue();
  }
}
