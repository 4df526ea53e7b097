package dev.grantway.admin.transfer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.imports.DeployedApis;
import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.policy.Api;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.Route;
import dev.grantway.store.ChangeCheck;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Imports: compared with the draft, added to it as one edit, and nothing where a row is wrong. */
class ImportServiceTest {
  private static final String HEADER = "role,id,api,methods,resource\n";
  private static final String REFUNDS =
      HEADER + "support,support-refund,orders,POST,/orders/{id}/refunds\n";

  private final World world = new World();
  private final DeployedApis gateway =
      (api, stage) -> {
        if (stage.equals("dev")) {
          throw new DeployedApis.Unreadable("no such stage there");
        }
        return document(api, "").getBytes(UTF_8);
      };
  private final ImportService imports =
      new ImportService(world.changes, world.repository, gateway, world.operators);

  @BeforeEach
  void anaIsSignedIn() {
    world.operators.is("ana", OperatorRight.EDITOR);
  }

  private static ImportInput csv(String draft) {
    return new ImportInput("", "p.csv", "", "", false, draft);
  }

  private static ImportInput openApi() {
    return new ImportInput("openapi", "orders.yaml", "orders", "", false, "");
  }

  /** A document of an API's routes, but for one. */
  private static String document(Api api, String without) {
    return api.routes().routes().stream()
        .filter(it -> !it.toString().equals(without))
        .collect(Collectors.groupingBy(it -> it.template().toString()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(it -> "  \"" + it.getKey() + "\":\n" + operations(it.getValue()))
        .collect(
            Collectors.joining("", "openapi: 3.0.3\ninfo: {title: t, version: '1'}\npaths:\n", ""));
  }

  private static String operations(List<Route> routes) {
    return routes.stream()
        .map(
            it ->
                "    "
                    + (it.isAny()
                        ? "x-amazon-apigateway-any-method"
                        : it.method().toLowerCase(Locale.ROOT))
                    + ": {"
                    + (it.state() == Route.State.DEPRECATED ? "deprecated: true, " : "")
                    + "responses: {default: {description: x}}}\n")
        .collect(Collectors.joining());
  }

  private Api orders() {
    return world.repository.live().api(World.ORDERS).orElseThrow();
  }

  private Compared compared(ImportInput input, String file) {
    return imports.dryRun(input, file.getBytes(UTF_8));
  }

  @Test
  void aDryRunWritesNothingAndAddingIsOneEditOfTheDraft() {
    Compared compared = compared(csv(""), REFUNDS);
    assertThat(compared.telling().summary())
        .isEqualTo("1 new, 0 changed, 0 gone, 0 unchanged, 0 errors");
    assertThat(compared.canBeAdded()).isTrue();
    assertThat(world.changes.drafts()).as("no draft is begun").isEmpty();
    assertThat(imports.add(compared))
        .isInstanceOfSatisfying(
            Staged.Done.class, it -> assertThat(it.draft().changes()).hasSize(1));
    assertThat(compared(csv(""), REFUNDS).telling().summary())
        .as("compared with the draft")
        .isEqualTo("0 new, 0 changed, 0 gone, 1 unchanged, 0 errors");
    assertThat(imports.add(compared)).as("the draft has moved").isInstanceOf(Staged.Refused.class);
    assertThat(world.changes.undo().changes()).as("one step back").isEmpty();
  }

  @Test
  void itGoesIntoTheDraftThatIsNamed() {
    String first = world.changes.begin("first").id();
    String second = world.changes.begin("second").id();
    imports.add(compared(csv(first), REFUNDS));
    assertThat(world.changes.draft(first).changes()).hasSize(1);
    assertThat(world.changes.draft(second).changes()).isEmpty();
    assertThat(compared(csv(second), REFUNDS).telling().count(Outcome.NEW)).isEqualTo(1);
    assertThat(compared(csv(first), REFUNDS).telling().count(Outcome.NEW)).isZero();
  }

  @Test
  void oneWrongRowAddsNothing() {
    Compared compared = compared(csv(""), REFUNDS + "suport,x,orders,GET,/orders\n");
    assertThat(compared.canBeAdded()).isFalse();
    assertThat(compared.telling().problems())
        .singleElement()
        .satisfies(it -> assertThat(it.text()).startsWith("p.csv:3:1: error unknown-role"))
        .satisfies(it -> assertThat(it.next()).contains("`support`"));
    assertThat(imports.add(compared)).isInstanceOf(Staged.Refused.class);
    assertThat(world.changes.drafts()).isEmpty();
  }

  @Test
  void whatTheStoreWouldRefuseIsSaidBeforeItIsAdded() {
    var tooMany = new StringBuilder(HEADER);
    for (int i = 0; i <= ChangeCheck.MAX_SLICE; i++) {
      tooMany.append("support,x").append(i).append(",orders,GET,/orders\n");
    }
    Compared compared = compared(csv(""), tooMany.toString());
    assertThat(compared.run().isRefused()).isFalse();
    assertThat(compared.telling().objections()).isNotEmpty();
    assertThat(compared.canBeAdded()).isFalse();
  }

  @Test
  void aRouteThatVanishesIsKeptAsGoneAndOrphansAreNamed() {
    Compared compared = compared(openApi(), document(orders(), "POST /orders/{id}/refunds"));
    assertThat(compared.telling().count(Outcome.GONE)).as("" + compared.telling()).isEqualTo(1);
    assertThat(compared.telling().count(Outcome.NEW)).isZero();
    imports.add(compared);
    Api after = world.changes.workingCopy().api(World.ORDERS).orElseThrow();
    assertThat(after.routes().written("POST /orders/{id}/refunds").orElseThrow().state())
        .isEqualTo(Route.State.GONE);
    assertThat(compared(openApi(), document(orders(), "POST /orders/{id}/refunds")).run().changes())
        .isEmpty();
  }

  @Test
  void whatIsDeployedIsReadThroughTheApp() {
    var input = new ImportInput("apigateway", "", "orders", "", false, "");
    assertThat(imports.dryRun(input, new byte[0]).telling().changing()).isZero();
    assertThatThrownBy(
            () ->
                imports.dryRun(
                    new ImportInput("apigateway", "", "orders", "dev", false, ""), new byte[0]))
        .isInstanceOf(DeployedApis.Unreadable.class);
    assertThatThrownBy(
            () ->
                imports.dryRun(
                    new ImportInput("apigateway", "", "orders", "none", false, ""), new byte[0]))
        .hasMessageContaining("has no stage `none`");
  }

  @Test
  void theSamplesOwnFileChangesNothing() {
    String file = PolicyFile.write(World.sample(), List.of(), PolicyFile.Format.YAML);
    Compared same = compared(new ImportInput("policy", "policy.yaml", "", "", true, ""), file);
    assertThat(same.telling().changing()).as("" + same.telling()).isZero();
    assertThatThrownBy(() -> compared(csv(""), "hello\n"))
        .hasMessageContaining("say which kind of import it is");
  }

  @Test
  void anOperatorsLimitsHoldForImportsToo() {
    world.operators.is("vic", OperatorRight.VIEWER);
    assertThatThrownBy(() -> compared(csv(""), REFUNDS)).hasMessageContaining("DRAFT");
  }

  @Test
  void theCommandSaysTheSame() {
    assertThat(ImportCommand.of(compared(openApi(), document(orders(), ""))))
        .isEqualTo("./grantway import orders.yaml --from openapi --api orders --url URL --dry-run");
    assertThat(
            ImportCommand.of(compared(new ImportInput("", "-a b.csv", "", "", true, ""), REFUNDS)))
        .isEqualTo(
            "./grantway import './-a b.csv' --from csv-permissions --complete --url URL --dry-run");
  }
}
