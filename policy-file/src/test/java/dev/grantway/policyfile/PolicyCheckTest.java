package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.DocumentAnalysis.Deployment;
import dev.grantway.compile.CacheKey;
import dev.grantway.compile.CompileOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Findings of the analysis stand where what they are about was typed. */
class PolicyCheckTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-06-01T00:00:00Z"), ZoneOffset.UTC);
  private static final PolicyCheck.Wanted NOTHING_MORE = new PolicyCheck.Wanted(false, List.of());
  private static final PolicyCheck.Wanted UNDER_TOKEN_AND_ROUTE =
      new PolicyCheck.Wanted(
          false, List.of(new Deployment(CacheKey.TOKEN_AND_ROUTE, CompileOptions.DEFAULTS, true)));

  private static final String POLICY =
      """
      grantway: 1
      apis:
        - name: orders
          id: a1
          type: REST
          stages: [prod, dev]
          routes: [GET /orders, "GET /orders/{id}", POST /orders, "GET /files/{path+}", {route: GET /health, access: public}]
      roles:
        - name: staff
          permissions:
            - {id: all, api: orders, methods: [GET], resource: "/orders/**"}
            - id: one
              api: orders
              methods: [GET]
              resource: "/orders/{id}"
            - {id: lost, api: orders, methods: [GET], resource: "/order/{id}"}
            - {id: old, api: orders, methods: [GET], resource: /orders, until: 2026-01-01T00:00:00Z}
        - name: lead
          inherits: [staff]
          permissions:
            - {id: files, api: orders, methods: [GET], resource: "/files/**"}
            - {id: no-two, effect: DENY, api: orders, methods: [GET], resource: "/files/{a}/{b}"}
            - {id: no-list, effect: DENY, api: orders, methods: [GET], resource: "/orders/**"}
            - {id: list, api: orders, methods: [GET], resource: /orders}
      """;

  private static List<String> lines(String text, PolicyCheck.Wanted wanted) {
    return new PolicyCheck(CLOCK, wanted)
        .run(text, "p.yaml").findings().stream().map(Finding::toString).toList();
  }

  private static String start(String line) {
    return line.substring(0, line.indexOf(' ', line.indexOf(' ', line.indexOf(' ') + 1) + 1));
  }

  @Test
  void permissionsAreNamedWhereTheirIdStands() {
    assertThat(lines(POLICY, NOTHING_MORE))
        .extracting(PolicyCheckTest::start)
        .containsExactly(
            "p.yaml:12:13: warning redundant",
            "p.yaml:16:14: warning unreachable",
            "p.yaml:17:14: warning expired",
            "p.yaml:24:14: warning contradictory");
  }

  @Test
  void documentsAreNamedWhereTheirRoleStands() {
    assertThat(lines(POLICY, UNDER_TOKEN_AND_ROUTE))
        .filteredOn(line -> line.contains("not-representable"))
        .singleElement()
        .asString()
        .startsWith(
            "p.yaml:18:11: error not-representable no exact document exists for role `lead`");
  }

  @Test
  void aWaivedFindingIsANoteUntilItsWaiverIsOver() {
    String waiver =
        POLICY + "waivers:\n  - {finding: WHAT, owner: olga, until: UNTIL, reason: known}\n";
    String byCode =
        waiver.replace("WHAT", "not-representable").replace("UNTIL", "2027-01-01T00:00:00Z");
    assertThat(lines(byCode, UNDER_TOKEN_AND_ROUTE))
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("p.yaml:18:11: note not-representable")
                    .contains("(waived by `olga` until 2027-01-01T00:00:00Z)"))
        .noneMatch(line -> line.contains(" error "));
    assertThat(
            lines(
                byCode.replace(
                    "finding: not-representable", "finding: not-representable lead@orders/*"),
                UNDER_TOKEN_AND_ROUTE))
        .noneMatch(line -> line.contains(" error "));
    assertThat(
            lines(
                byCode.replace(
                    "finding: not-representable", "finding: not-representable staff@orders/*"),
                UNDER_TOKEN_AND_ROUTE))
        .anyMatch(line -> line.contains(" error not-representable"));
    String over =
        waiver.replace("WHAT", "not-representable").replace("UNTIL", "2026-06-01T00:00:00Z");
    assertThat(lines(over, UNDER_TOKEN_AND_ROUTE))
        .anyMatch(line -> line.contains(" error not-representable"))
        .contains(
            "p.yaml:26:15: warning waiver-over the waiver of `not-representable` ended at"
                + " 2026-06-01T00:00:00Z; remove it, or have `olga` renew it");
  }

  @Test
  void aWaiverOfNothingIsToldTheNearestCode() {
    assertThat(
            lines(
                POLICY
                    + "waivers: [{finding: redundent, owner: olga, until: 2027-01-01T00:00:00Z,"
                    + " reason: known}]\n",
                NOTHING_MORE))
        .contains(
            "p.yaml:25:21: warning unknown-finding no finding has the code `redundent`; name"
                + " `redundant`");
  }

  @Test
  void coverageNamesRoutesThatNoTestAndNoPermissionReaches() {
    String text =
        POLICY
            + "tests:\n  - {name: t, principal: {roles: [staff]}, api: orders, stage: prod,"
            + " request: GET /orders/7, expect: ALLOW}\n";
    var outcome =
        new PolicyCheck(CLOCK, new PolicyCheck.Wanted(true, List.of())).run(text, "p.yaml");
    assertThat(outcome.coverage()).containsExactly(new RouteCoverage.Count("orders", 4, 1, 3));
    assertThat(outcome.findings().stream().map(Finding::toString).toList())
        .contains(
            "p.yaml:7:14: warning untested-route no test asks for route `GET /orders`; add a test"
                + " with such a request",
            "p.yaml:7:47: error ungranted-route route `POST /orders` is forgotten in stages `prod`,"
                + " `dev`: no permission allows it to any role; grant"
                + " it to a role, or mark it `access: closed`",
            "p.yaml:7:61: warning greedy-twin route `GET /files/{path+}` does not match `/files`"
                + " itself, and no other route takes such calls; add a route for it if it is"
                + " deployed; API Gateway refuses such calls otherwise")
        .noneMatch(line -> line.contains("`GET /orders/{id}`; add a test"))
        .noneMatch(line -> line.contains("/health"));
  }

  @Test
  void aRouteThatIsGrantedInOneStageIsForgottenInTheOthers() {
    String text =
        POLICY.replace(
            "resource: \"/files/**\"}",
            "resource: \"/files/**\", stage: dev, until: 2026-06-01T00:00:01Z}");
    var outcome =
        new PolicyCheck(CLOCK, new PolicyCheck.Wanted(true, List.of())).run(text, "p.yaml");
    assertThat(outcome.findings().stream().map(Finding::toString).toList())
        .contains(
            "p.yaml:7:61: warning ungranted-route route `GET /files/{path+}` is forgotten in stage"
                + " `prod`: no permission allows it to any role there; grant it to a role in stage"
                + " `prod`, or mark it `access: closed`");
    assertThat(outcome.coverage())
        .as("granted is what is granted in every stage")
        .containsExactly(new RouteCoverage.Count("orders", 4, 0, 2));
    for (String taking : List.of("GET /files", "\"ANY /{any}\"")) {
      assertThat(
              lines(
                  text.replace("/{path+}\"", "/{path+}\", " + taking),
                  new PolicyCheck.Wanted(true, List.of())))
          .noneMatch(line -> line.contains("greedy-twin"));
    }
  }

  @Test
  void theExamplesHaveNoErrors() {
    var check = new PolicyCheck(Samples.CLOCK, UNDER_TOKEN_AND_ROUTE);
    for (String text :
        List.of(Samples.CONTRACT, Examples.policyFile(), PolicyFile.ordersSample())) {
      assertThat(check.run(text, "p.yaml").findings()).noneMatch(Finding::isError);
    }
  }

  @Test
  void aPlainCheckOfTheSampleFindsNothingToDo() {
    var check = new PolicyCheck(Samples.CLOCK, NOTHING_MORE);
    assertThat(check.run(PolicyFile.ordersSample(), "p.yaml").findings()).allMatch(Finding::isNote);
  }
}
