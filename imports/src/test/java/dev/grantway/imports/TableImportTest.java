package dev.grantway.imports;

import static dev.grantway.imports.World.findings;
import static dev.grantway.imports.World.permissions;
import static dev.grantway.imports.World.rows;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables of permissions and assignments, and whole policy files. */
class TableImportTest {
  private static final String HEADER = "role,id,effect,api,stage,methods,resource,when,note\n";

  private static ImportOrder assignments(boolean complete) {
    return new ImportOrder(ImportKind.ASSIGNMENTS, "a.csv", "", complete);
  }

  private static ImportOrder policy(boolean complete) {
    return new ImportOrder(ImportKind.POLICY, "policy.yaml", "", complete);
  }

  static String written(Policy policy) {
    var out = new StringWriter();
    PermissionCsv.write(policy.permissions(), policy.apis(), out);
    return out.toString();
  }

  @Test
  void permissionsAreNewChangedMovedGoneOrUnchanged() {
    World world = World.orders();
    String csv =
        HEADER
            + "clerk,see,,orders,,GET,/orders,,\n"
            + "viewer,refund,,orders,prod,POST,/orders/{id}/refunds,,\n"
            + "clerk,deny,DENY,orders,,GET POST,/orders/{id},"
            + "\"{\"\"IpAddress\"\": {\"\"request.sourceIp\"\": [\"\"10.0.0.0/8\"\"]}}\",'=1+1\n";
    DryRun run = world.dryRun(permissions(true), csv);
    assertThat(findings(run)).isEmpty();
    assertThat(rows(run))
        .containsExactly(
            "unchanged permission see 2:1",
            "changed permission refund 3:1: role `clerk` → `viewer`, stage `*` → `prod`",
            "new permission deny 4:1: clerk: DENY GET,POST /orders/{id} (orders/*) if IpAddress"
                + " request.sourceIp 10.0.0.0/8",
            "gone permission all: clerk: ALLOW * /** (orders/dev)");
    World after = world.with(run);
    assertThat(after.policy().permissions())
        .extracting(it -> it.role() + " " + it.id() + " " + it.note())
        .containsExactlyInAnyOrder("clerk see ", "viewer refund ", "clerk deny =1+1");
    assertThat(after.dryRun(permissions(true), csv).changes()).isEmpty();
    assertThat(world.dryRun(permissions(false), csv).counts())
        .containsEntry(ImportRow.Outcome.GONE, 0);
  }

  @Test
  void aPermissionMovesOutOfAnApiThatTheTableDoesNotName() {
    World world = World.orders();
    String csv = HEADER + "clerk,see,,web,,GET,/orders,,\n";
    for (boolean complete : List.of(true, false)) {
      DryRun run = world.dryRun(permissions(complete), csv);
      assertThat(rows(run)).containsExactly("changed permission see 2:1: API `orders` → `web`");
      World after = world.with(run);
      assertThat(after.policy().permissions())
          .filteredOn(it -> it.id().value().equals("see"))
          .extracting(it -> it.api().value())
          .containsExactly("w1");
      assertThat(after.policy().permissions()).as("others of `orders` stay").hasSize(3);
    }
  }

  @Test
  void oneWrongRowAddsNothingAndEveryOneIsSaidWithItsCell() {
    String csv =
        HEADER
            + "clerk,fine,,orders,,GET,/orders,,\n"
            + "\n"
            + "clerck,a,,orders,,GET,/orders,,\n"
            + "clerk,b,,order,,GET,/orders,,\n"
            + "clerk,c,,orders,,FETCH,/orders,,\"two\nlines\"\n"
            + "clerk,d,,orders,,GET,orders,,\n"
            + "clerk,e,,orders,,GET\n"
            + "clerk,fine,,orders,,GET,/orders,,\n"
            + "clerk,f,,orders,test,GET,/orders,\"{\",\n"
            + "clerk,,,orders,,GET,/orders,,\n"
            + "clerk,g,PERMIT,orders,,GET,/orders,,\n";
    DryRun run = World.orders().dryRun(permissions(false), csv);
    assertThat(run.changes()).isEmpty();
    assertThat(findings(run))
        .extracting(it -> it.substring(0, it.indexOf(' ', it.indexOf("error") + 6)))
        .containsExactly(
            "permissions.csv:4:1: error unknown-role",
            "permissions.csv:5:10: error unknown-api",
            "permissions.csv:6:18: error bad-value",
            "permissions.csv:8:22: error bad-pattern",
            "permissions.csv:9:1: error bad-row",
            "permissions.csv:10:7: error duplicate-id",
            "permissions.csv:11:17: error unknown-stage",
            "permissions.csv:11:34: error syntax",
            "permissions.csv:12:1: error missing-key",
            "permissions.csv:13:9: error bad-value");
    assertThat(String.join("\n", findings(run)))
        .contains("add it, or name `clerk`")
        .contains("add it, or name `orders`");
  }

  @Test
  void ofManyErrorsTheFirstAreSaidAndThatThereAreMore() {
    for (String wrong : List.of("x", "clerk,a,,orders,,GET,orders,,")) {
      String csv = HEADER + (wrong + "\n").repeat(CsvTable.MOST_ROWS);
      assertThat(findings(World.orders().dryRun(permissions(false), csv)))
          .hasSizeBetween(CsvTable.MOST_ERRORS + 1, CsvTable.MOST_ERRORS + 5)
          .last()
          .asString()
          .contains("error more-errors there are 1000", "nothing is read from here on");
    }
  }

  @Test
  void headersAndQuotesThatAreWrongAreSaid() {
    assertThat(findings(World.orders().dryRun(permissions(false), "rolle,id,api\n")))
        .containsExactly(
            "permissions.csv:1:1: error bad-header column `rolle` is unknown; the nearest known"
                + " column is `role`",
            "permissions.csv:1:1: error bad-header column `role` is missing; the header is"
                + " role,id,effect,api,stage,methods,resource,when,from,until,note",
            "permissions.csv:1:1: error bad-header column `resource` is missing; the header is"
                + " role,id,effect,api,stage,methods,resource,when,from,until,note");
    assertThat(findings(World.orders().dryRun(permissions(false), "")))
        .singleElement()
        .asString()
        .contains("error bad-header file is empty");
    assertThat(findings(World.orders().dryRun(permissions(false), HEADER + "\"clerk,a\n")))
        .singleElement()
        .asString()
        .contains("error");
  }

  @Test
  void tablesWithoutCommasAreRefusedByName() {
    assertThat(
            findings(
                World.orders()
                    .dryRun(
                        permissions(false),
                        "\uFEFF\r\n\"role\";\"id\";\"api\";\"resource\"\r\n\"clerk\";\"a\";\"b\";\"c\"")))
        .containsExactly(
            "permissions.csv:2:1: error bad-header the columns stand between semicolons where"
                + " commas are read; save it with commas");
    assertThat(findings(World.orders().dryRun(assignments(false), "role\tissuer\tgroup\nx\n")))
        .containsExactly(
            "a.csv:1:1: error bad-header the columns stand between tabs where commas are read; save"
                + " it with commas");
    assertThat(findings(World.orders().dryRun(assignments(false), "role;issuer;gruppe\nx\n")))
        .anySatisfy(it -> assertThat(it).contains("column `role;issuer;gruppe` is unknown"));
  }

  @Test
  void anExportComesBackUnchanged() {
    World world = World.orders();
    DryRun run = world.dryRun(permissions(true), written(world.policy()));
    assertThat(findings(run)).isEmpty();
    assertThat(run.rows())
        .hasSize(3)
        .allSatisfy(it -> assertThat(it.outcome()).isEqualTo(ImportRow.Outcome.UNCHANGED));
  }

  @Test
  void aThousandRowsAndAThousandBrokenOnes() {
    var csv = new StringBuilder(HEADER);
    var broken = new StringBuilder(HEADER);
    for (int i = 0; i < 1_000; i++) {
      csv.append("clerk,p" + i + ",,orders,,GET,/things/" + i + ",,\n");
      broken.append("clerk,p" + i + ",,orders,,GET,things/" + i + ",,\n");
    }
    DryRun run = World.orders().dryRun(permissions(false), csv.toString());
    assertThat(run.counts()).containsEntry(ImportRow.Outcome.NEW, 1_000);
    assertThat(Telling.of(run, List.of()).rows()).hasSize(1_000);
    DryRun none = World.orders().dryRun(permissions(false), broken.toString());
    assertThat(none.findings()).hasSize(1_000);
    assertThat(none.changes()).isEmpty();
  }

  @Test
  void assignmentsAreNewChangedGoneOrUnchanged() {
    World world =
        World.of(
            World.ORDERS
                + "- {role: viewer, issuer: corp, group: staff, until: 2027-01-01T00:00:00Z}\n"
                + "- {role: viewer, issuer: other, client: ci}\n");
    String csv =
        "issuer,role,subject,group,until\n"
            + "corp,clerk,alice,,2027-06-01T00:00:00Z\n"
            + "corp,viewer,bob,,\n";
    DryRun run = world.dryRun(assignments(true), csv);
    assertThat(rows(run))
        .containsExactly(
            "changed assignment clerk for corp subject alice 2:1: `for good` → `until"
                + " 2027-06-01T00:00:00Z`",
            "new assignment viewer for corp subject bob 3:1: for good",
            "gone assignment viewer for corp group staff");
    assertThat(world.with(run).dryRun(assignments(true), csv).changes()).isEmpty();
    var out = new StringWriter();
    AssignmentCsv.write(world.policy().assignments(), out);
    assertThat(world.dryRun(assignments(true), out.toString()).changes()).isEmpty();
    assertThat(
            findings(
                world.dryRun(
                    assignments(false),
                    "role,issuer,subject,client\nnone,corp,a,\nclerk,corp,a,b\nclerk,,a,\n")))
        .extracting(it -> it.substring(0, it.indexOf(' ', it.indexOf("error") + 6)))
        .containsExactly(
            "a.csv:2:1: error unknown-role",
            "a.csv:3:1: error missing-key",
            "a.csv:4:1: error missing-key");
  }

  @Test
  void aPolicyFileAddsAndWhenCompleteTakesAway() {
    World world = World.orders();
    String file =
        World.ORDERS
            .replace("  - GET /orders/{id}\n", "  - GET /orders/{id}/items\n")
            .replace("- name: viewer\n", "- {name: guest, inherits: [clerk]}\n");
    DryRun run = world.dryRun(policy(false), file);
    assertThat(findings(run)).isEmpty();
    assertThat(rows(run))
        .contains(
            "new route GET /orders/{id}/items 10:5",
            "gone route GET /orders/{id}",
            "changed api orders 3:9",
            "new role guest 21:10")
        .noneSatisfy(it -> assertThat(it).contains("viewer"));
    assertThat(rows(world.dryRun(policy(true), file))).contains("gone role viewer");
    World after = world.with(world.dryRun(policy(true), file));
    assertThat(after.dryRun(policy(true), file).changes()).isEmpty();
    List<DryRun> wrong =
        new ArrayList<>(
            List.of(
                world.dryRun(policy(false), "grantway: 1\nroles:\n- {nam: x}\n"),
                world.dryRun(policy(false), "grantway: [\n")));
    assertThat(wrong).allSatisfy(it -> assertThat(it.isRefused()).isTrue());
    assertThat(findings(wrong.getFirst()).getFirst()).startsWith("policy.yaml:3:3: error");
  }

  @Test
  void aPolicyFileKnowsRoutesByTheirShapeAndRenamedOnesByTheirOperation() {
    World world = World.orders();
    String file =
        World.ORDERS
            .replace("  - GET /orders/{id}\n", "  - GET /orders/{orderId}\n")
            .replace("\"POST /orders/{id}/refunds\", id:", "\"POST /refunds\", id:");
    DryRun run = world.dryRun(policy(false), file);
    assertThat(rows(run))
        .filteredOn(it -> it.contains(" route "))
        .containsExactly(
            "unchanged route GET /orders 8:5",
            "new route POST /refunds 9:5: was `POST /orders/{id}/refunds`: the same operation"
                + " `refundOrder`",
            "changed route GET /orders/{orderId} 10:5: path `/orders/{id}` → `/orders/{orderId}`",
            "gone route POST /orders/{id}/refunds: is now `POST /refunds`: its permissions do not"
                + " follow by themselves");
    assertThat(run.orphans())
        .extracting(it -> it.permission().id().value())
        .containsExactly("refund");
    World after = world.with(run);
    assertThat(after.dryRun(policy(false), file).changes()).isEmpty();
    assertThat(after.policy().apis().getFirst().routes().routes())
        .extracting(it -> it + " " + it.state())
        .containsExactly(
            "GET /orders CURRENT",
            "POST /refunds CURRENT",
            "GET /orders/{orderId} CURRENT",
            "POST /orders/{id}/refunds GONE");
  }

  @Test
  void aPermissionThatMovesInAPolicyFileIsOneRow() {
    World world = World.orders();
    String file =
        World.ORDERS
            .replace("  - {id: see, api: orders, methods: [GET], resource: /orders}\n", "")
            .replace(
                "- name: viewer\n",
                "- name: viewer\n  permissions: [{id: see, api: orders, methods: [GET], resource:"
                    + " /orders}]\n");
    DryRun run = world.dryRun(policy(false), file);
    assertThat(rows(run)).contains("changed permission see 21:22: role `clerk` → `viewer`");
    assertThat(world.with(run).policy().permissions())
        .filteredOn(it -> it.id().value().equals("see"))
        .extracting(Permission::role)
        .extracting(Object::toString)
        .containsExactly("viewer");
  }
}
