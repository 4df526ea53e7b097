package dev.grantway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.InMemoryPolicy;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Every row against decide, and rows of revisions that were. */
class GrantReportTest {
  private static final Instant NOW = RandomWorld.NOW;
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);
  private static final int WORLDS = 60;
  private static final List<String> PATHS =
      List.of("/x", "/x/1", "/x/42", "/x/1/y", "/x/42/y", "/files/a", "/files/a/b");

  private static final String ORDERS =
      """
      grantway: 1
      apis:
        - {name: orders, id: a1, type: REST, stages: [prod, dev], routes: [GET /orders, "ANY /orders/{id}", "GET /orders/{id}"]}
        - {name: live, id: a2, type: WEBSOCKET, stages: [prod], routes: [$connect, send]}
      roles:
        - name: viewer
          permissions:
            - {id: see, api: orders, methods: [GET], resource: "/orders/**"}
        - name: clerk
          inherits: [viewer]
          permissions:
            - {id: edit, api: orders, stage: prod, methods: ["*"], resource: "/orders/{id}", from: 2027-01-01T00:00:00Z}
            - {id: over, api: orders, methods: ["*"], resource: "/**", until: 2026-01-01T00:00:00Z}
            - {id: not-seven, effect: DENY, api: orders, methods: [GET], resource: /orders/7, when: {StringEquals: {claims.region: [eu, us]}}}
            - {id: sends, api: live, resource: send}
      """;

  private static Policy policy(String text) {
    return ((PolicyFile.Read) PolicyFile.read(text, "orders.yaml")).policy();
  }

  private static List<GrantRow> rows(InMemoryPolicy policy, GrantFilter filter) {
    return rows(new GrantReport(policy, policy.live(), NOW, filter));
  }

  private static List<GrantRow> rows(GrantReport report) {
    var rows = new ArrayList<GrantRow>();
    try {
      report.rows(rows::add);
    } catch (IOException impossible) {
      throw new AssertionError(impossible);
    }
    assertThat(report.count()).isEqualTo(rows.size());
    return rows;
  }

  private static String line(GrantRow row) {
    return String.join(
        " | ",
        GrantColumn.texts(row)
            .subList(0, List.of(GrantColumn.values()).indexOf(GrantColumn.LAST_CHANGED_BY)));
  }

  @Test
  void aRowSaysWhichPermissionsDetermineItAndWhen() {
    InMemoryPolicy policy = InMemoryPolicy.of(policy(ORDERS), CLOCK);
    List<GrantRow> rows =
        rows(policy, new GrantFilter("", "prod", List.of(new RoleName("clerk")), ""));
    assertThat(rows)
        .extracting(GrantReportTest::line)
        .containsExactly(
            "orders | prod | GET | /orders | clerk | ALLOW | clerk > viewer | see |  |  | ",
            "orders | prod | DELETE | /orders/{id} | clerk | ALLOW | clerk | edit |"
                + " edit: from 2027-01-01T00:00:00Z | 2027-01-01T00:00:00Z | ",
            "orders | prod | HEAD | /orders/{id} | clerk | ALLOW | clerk | edit |"
                + " edit: from 2027-01-01T00:00:00Z | 2027-01-01T00:00:00Z | ",
            "orders | prod | OPTIONS | /orders/{id} | clerk | ALLOW | clerk | edit |"
                + " edit: from 2027-01-01T00:00:00Z | 2027-01-01T00:00:00Z | ",
            "orders | prod | PATCH | /orders/{id} | clerk | ALLOW | clerk | edit |"
                + " edit: from 2027-01-01T00:00:00Z | 2027-01-01T00:00:00Z | ",
            "orders | prod | POST | /orders/{id} | clerk | ALLOW | clerk | edit |"
                + " edit: from 2027-01-01T00:00:00Z | 2027-01-01T00:00:00Z | ",
            "orders | prod | PUT | /orders/{id} | clerk | ALLOW | clerk | edit |"
                + " edit: from 2027-01-01T00:00:00Z | 2027-01-01T00:00:00Z | ",
            "orders | prod | GET | /orders/{id} | clerk | ALLOW | clerk; clerk > viewer |"
                + " not-seven see | not-seven: DENY; only /orders/7; StringEquals claims.region"
                + " eu | us |  | ",
            "live | prod | CONNECT | send | clerk | ALLOW | clerk | sends |  |  | ");
    assertThat(rows.getFirst().changed())
        .isEqualTo(new GrantRow.Changed("file", Optional.of(NOW), 1));
  }

  /** Also where another denies the whole route anyway. */
  @Test
  void eachPermissionThatDoesNotAlwaysHoldSaysWhatItTakes() {
    String denied =
        ORDERS
            + "      - {id: none, effect: DENY, api: orders, methods: [GET], resource: /orders/**}\n";
    assertThat(
            rows(
                InMemoryPolicy.of(policy(denied), CLOCK),
                new GrantFilter("orders", "dev", List.of(new RoleName("clerk")), "/orders/{id}")))
        .extracting(GrantReportTest::line)
        .containsExactly(
            "orders | dev | GET | /orders/{id} | clerk | DENY | clerk | none not-seven |"
                + " not-seven: only /orders/7; StringEquals claims.region eu | us |  | ");
  }

  @Test
  void filtersNarrowByApiStageRoleAndRoute() {
    InMemoryPolicy policy = InMemoryPolicy.of(policy(ORDERS), CLOCK);
    assertThat(rows(policy, GrantFilter.EVERYTHING)).hasSize(15);
    assertThat(rows(policy, new GrantFilter("live", "", List.of(), ""))).hasSize(1);
    assertThat(rows(policy, new GrantFilter("a2", "", List.of(), "send"))).hasSize(1);
    assertThat(rows(policy, new GrantFilter("", "", List.of(), "GET /orders/**")))
        .extracting(GrantRow::method)
        .containsOnly("GET")
        .hasSize(8);
    assertThat(rows(policy, new GrantFilter("", "dev", List.of(new RoleName("viewer")), "/orders")))
        .extracting(GrantReportTest::line)
        .containsExactly("orders | dev | GET | /orders | viewer | ALLOW | viewer | see |  |  | ");
    assertThatThrownBy(() -> new GrantFilter("", "", List.of(), "FETCH /x"))
        .hasMessageContaining("method `FETCH` is none of");
    assertThatThrownBy(() -> new GrantFilter("", "", List.of(), "/x/*"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whatTheFilterNamesAndIsNotThereIsSaid() {
    InMemoryPolicy policy = InMemoryPolicy.of(policy(ORDERS), CLOCK);
    assertThat(missing(policy, new GrantFilter("order", "", List.of(), "")))
        .hasValue("revision 1 has no API `order`: name one of live, orders");
    assertThat(missing(policy, new GrantFilter("live", "dev", List.of(), "")).orElseThrow())
        .contains("`dev`");
    assertThat(
            missing(policy, new GrantFilter("", "", List.of(new RoleName("x")), "")).orElseThrow())
        .contains("no role `x`");
    assertThat(missing(policy, new GrantFilter("live", "prod", List.of(), ""))).isEmpty();
  }

  private static Optional<String> missing(InMemoryPolicy policy, GrantFilter filter) {
    return new GrantReport(policy, policy.live(), NOW, filter)
        .missing()
        .map(GrantReport.Missing::why);
  }

  @Test
  void aRevisionThatWasGivesTheRowsThatWere() {
    InMemoryPolicy policy = InMemoryPolicy.of(policy(ORDERS), CLOCK);
    List<GrantRow> before = rows(policy, GrantFilter.EVERYTHING);
    String other = ORDERS.replace("resource: \"/orders/**\"", "resource: \"/orders\"");
    List<Change> changes = PolicyRows.diff(policy(ORDERS), policy(other));
    assertThat(
            policy.publish(
                new Publication(
                    changes, 1, policy.head().hash(), "ana", List.of(), "narrower", "d1")))
        .isInstanceOf(PublishResult.Published.class);
    assertThat(rows(policy, GrantFilter.EVERYTHING)).isNotEqualTo(before);
    assertThat(rows(policy, new GrantFilter("", "dev", List.of(new RoleName("viewer")), "")))
        .singleElement()
        .satisfies(row -> assertThat(row.changed().by()).isEqualTo("ana"))
        .satisfies(row -> assertThat(row.changed().revision()).isEqualTo(2));
    assertThat(
            rows(
                new GrantReport(policy, policy.asOf(1).orElseThrow(), NOW, GrantFilter.EVERYTHING)))
        .isEqualTo(before);
  }

  @Test
  void everyRowIsAsDecideSays() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("grant rows, seed " + seed);
    var random = new Random(seed);
    int allowed = 0;
    for (int world = 0; world < WORLDS; world++) {
      Policy policy = new RandomWorld(random).policy();
      Map<List<String>, GrantRow> rows = new HashMap<>();
      rows(InMemoryPolicy.of(policy, CLOCK), GrantFilter.EVERYTHING)
          .forEach(row -> assertThat(rows.put(key(row), row)).as(line(row)).isNull());
      for (Api api : policy.apis()) {
        for (String role : RandomWorld.ROLES) {
          for (Route route : api.routes().routes()) {
            for (Action action : api.routes().actionsOf(route)) {
              String where = "seed " + seed + ", world " + world + ": " + role + " " + route;
              allowed += agrees(where, policy, api, role, route, action, rows);
            }
          }
        }
      }
    }
    assertThat(allowed).as("worlds that allow something").isGreaterThan(WORLDS);
  }

  private static List<String> key(GrantRow row) {
    return List.of(row.api(), row.stage(), row.role().value(), row.method(), row.route());
  }

  private static int agrees(
      String where,
      Policy policy,
      Api api,
      String role,
      Route route,
      Action action,
      Map<List<String>, GrantRow> rows) {
    int allowed = 0;
    for (String stage : api.stages()) {
      GrantRow row =
          rows.get(List.of(api.name(), stage, role, action.name(), route.template().toString()));
      List<Decision> decisions = decisions(policy, api, stage, role, route, action);
      for (Decision decision : decisions) {
        if (row == null) {
          assertThat(decision.by()).as("%s: no row, %s", where, decision).isEmpty();
        } else if (row.effect() == Effect.DENY) {
          assertThat(decision.isAllowed()).as("%s: %s, %s", where, row, decision).isFalse();
        } else if (row.conditions().isEmpty()) {
          assertThat(decision.isAllowed()).as("%s: %s, %s", where, row, decision).isTrue();
          allowed++;
        }
        if (row != null && decision.isAllowed()) {
          assertThat(row.from().filter(RandomWorld.NOW.plus(Duration.ofDays(9))::isBefore))
              .isEmpty();
        }
      }
    }
    return allowed;
  }

  /** Of every path that the route serves, by callers with and without claims, now and later. */
  private static List<Decision> decisions(
      Policy policy, Api api, String stage, String role, Route route, Action action) {
    var decider = new PolicyDecider(policy);
    var decisions = new ArrayList<Decision>();
    for (String path : PATHS) {
      if (api.routes().route(action, RequestPath.of(path)).filter(route::equals).isEmpty()) {
        continue;
      }
      for (Map<String, ClaimValue> claims : claims()) {
        for (int day = 0; day < 4; day++) {
          var caller =
              new PolicyTest.Caller("corp", "", "", List.of(), List.of(role), claims, List.of());
          decisions.add(
              decider.decision(
                  new PolicyDecider.Question(
                      caller,
                      api.id().value(),
                      stage,
                      action,
                      path,
                      "",
                      RequestContext.at(NOW.plus(Duration.ofDays(day))))));
        }
      }
    }
    return decisions;
  }

  private static List<Map<String, ClaimValue>> claims() {
    return List.of(
        Map.of(),
        Map.of("sub", new ClaimValue.Text("42"), "region", new ClaimValue.Text("eu")),
        Map.of("region", new ClaimValue.Text("two\nlines")));
  }
}
