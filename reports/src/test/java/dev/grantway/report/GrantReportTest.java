package dev.grantway.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
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
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
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
    return String.join(" | ", GrantColumn.texts(row).subList(0, GrantColumn.texts(row).size() - 3));
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
      GrantFilter.By by = world % 2 == 0 ? GrantFilter.By.ROLE : GrantFilter.By.ROUTE;
      rows(InMemoryPolicy.of(policy, CLOCK), GrantFilter.EVERYTHING.by(by))
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
    return List.of(row.api(), row.stage(), row.roleNames(), row.method(), row.route());
  }

  /** However few rows are held at a time. */
  @Test
  void rowsByRouteAreThoseByRoleInTheOrderOfTheRoutes() throws IOException {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("rows by route, seed " + seed);
    var world = new RandomWorld(new Random(seed));
    for (int i = 0; i < WORLDS / 3; i++) {
      Policy policy = world.policy();
      InMemoryPolicy table = InMemoryPolicy.of(policy, CLOCK);
      GrantFilter filter = new GrantFilter(i % 3 == 0 ? "a2" : "", "", List.of(), "");
      List<GrantRow> byRole = rows(table, filter);
      List<String> apis = byRole.stream().map(GrantRow::api).distinct().toList();
      Api api = policy.apis().getFirst();
      List<GrantRow> expected =
          byRole.stream()
              .sorted(
                  Comparator.comparingInt((GrantRow row) -> apis.indexOf(row.api()))
                      .thenComparingInt(row -> api.stages().indexOf(row.stage()))
                      .thenComparingInt(row -> place(api, row))
                      .thenComparing(row -> Action.valueOf(row.method())))
              .toList();
      var report = new GrantReport(table, table.live(), NOW, filter.by(GrantFilter.By.ROUTE));
      for (int held : List.of(1, 3, 17, 100_000)) {
        var rows = new ArrayList<GrantRow>();
        var told = new ArrayList<Long>();
        report.rows(rows::add, told::add, held);
        assertThat(rows).as("seed %d, world %d, %d held", seed, i, held).isEqualTo(expected);
        assertThat(told).isSorted();
        assertThat(report.count()).isEqualTo(rows.size());
      }
    }
  }

  private static int place(Api api, GrantRow row) {
    Action action = Action.valueOf(row.method());
    List<Route> routes = api.routes().routes();
    for (int i = 0; i < routes.size(); i++) {
      Route route = routes.get(i);
      if (route.template().toString().equals(row.route())
          && api.routes().actionsOf(route).contains(action)) {
        return i;
      }
    }
    throw new AssertionError(row.toString());
  }

  /** What a filter leaves is what stands in the whole report and has that. */
  @Test
  void filtersNarrowByTagOwnerMethodAndEffect() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("filters, seed " + seed);
    var world = new RandomWorld(new Random(seed));
    int left = 0;
    for (int i = 0; i < WORLDS / 6; i++) {
      Policy policy = world.policy();
      InMemoryPolicy table = InMemoryPolicy.of(policy, CLOCK);
      Api api = policy.apis().getFirst();
      for (GrantFilter.By by : GrantFilter.By.values()) {
        GrantFilter all = GrantFilter.EVERYTHING.by(by);
        List<GrantRow> rows = rows(table, all);
        var narrowed = new LinkedHashMap<GrantFilter, Predicate<GrantRow>>();
        narrowed.put(all.tagged(List.of("reads")), row -> tags(api, row).contains("Reads"));
        narrowed.put(all.tagged(List.of("reads", "ONE")), row -> !tags(api, row).isEmpty());
        narrowed.put(all.ownedBy("TEAM-files"), row -> row.route().startsWith("/files"));
        narrowed.put(
            all.calledBy(List.of("post", "GET")),
            row -> List.of("POST", "GET").contains(row.method()));
        narrowed.put(all.having(List.of("deny")), row -> row.effect() == Effect.DENY);
        narrowed.put(all.having(List.of("ALLOW", "deny")), row -> true);
        narrowed.put(
            all.tagged(List.of("one")).calledBy(List.of("PUT")).having(List.of("allow")),
            row ->
                tags(api, row).contains("one")
                    && row.method().equals("PUT")
                    && row.effect() == Effect.ALLOW);
        for (var each : narrowed.entrySet()) {
          GrantFilter filter = each.getKey();
          List<GrantRow> some = rows(table, filter);
          assertThat(some)
              .as("seed %d, world %d, %s", seed, i, filter.parts())
              .isEqualTo(rows.stream().filter(each.getValue()).toList());
          assertThat(GrantFilter.of(filter.parts())).isEqualTo(filter);
          left += some.size();
        }
      }
    }
    assertThat(left).isGreaterThan(WORLDS);
  }

  private static Set<String> tags(Api api, GrantRow row) {
    return api.routes().routes().get(place(api, row)).tags();
  }

  @Test
  void whatNoRouteHasIsSaidAndWhatCannotBeAskedIsRefused() {
    InMemoryPolicy policy = InMemoryPolicy.of(new RandomWorld(new Random(1)).policy(), CLOCK);
    GrantFilter all = GrantFilter.EVERYTHING;
    assertThat(missing(policy, all.tagged(List.of("one", "pii"))).orElseThrow())
        .isEqualTo("revision 1 has no route there with the tag `pii`: correct it, or leave it out");
    assertThat(missing(policy, all.ownedBy("team-x")).orElseThrow()).contains("the owner `team-x`");
    assertThat(missing(policy, all.ownedBy("team-files").tagged(List.of("reads"))).orElseThrow())
        .contains("with this method, tag and owner");
    assertThat(missing(policy, all.calledBy(List.of("CONNECT")))).isPresent();
    assertThat(missing(policy, all.ownedBy("team-files").calledBy(List.of("PUT")))).isEmpty();
    assertThatThrownBy(() -> all.calledBy(List.of("FETCH")))
        .hasMessageContaining("method `FETCH` is none of");
    assertThatThrownBy(() -> all.having(List.of("maybe")))
        .hasMessage("effect `maybe` is neither allow nor deny");
    for (String tag : List.of("", "a,b", "a\nb", "x".repeat(257))) {
      assertThatThrownBy(() -> all.tagged(List.of(tag)))
          .as(tag)
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThatThrownBy(() -> all.ownedBy("x".repeat(257)))
        .isInstanceOf(IllegalArgumentException.class);
    for (Map<String, String> parts :
        List.of(
            Map.of("by", "nobody"),
            Map.of("effect", "DENY"),
            Map.of("effect", "allow,deny"),
            Map.of("methods", "POST,GET"),
            Map.of("tag", "x"))) {
      assertThatThrownBy(() -> GrantFilter.of(parts))
          .as(parts.toString())
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(GrantFilter.of(Map.of("by", "route")).rowsBy()).isEqualTo(GrantFilter.By.ROUTE);
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

  private static final String GIVEN =
      ORDERS
          + "  - {name: audit, permissions: [{id: look, api: live, resource: send}]}\n"
          + """
          assignments:
            - {role: viewer, issuer: corp, subject: alice}
            - {role: clerk, issuer: corp, group: desk, until: 2027-06-01T00:00:00Z}
            - {role: audit, issuer: corp, client: batch, until: 2026-11-22T10:00:00Z}
            - {role: audit, issuer: corp, client: batch2}
          """;

  private static InMemoryPolicy given() {
    InMemoryPolicy policy = InMemoryPolicy.of(policy(GIVEN), CLOCK);
    policy
        .memberships()
        .add(
            new MembershipList(
                NOW,
                "ana",
                List.of(
                    new Membership("corp", "alice", "desk"),
                    new Membership("corp", "bob", "desk"),
                    new Membership("corp", "carol", "nowhere"))));
    return policy;
  }

  @Test
  void aPrincipalHasWhatIsAssignedToItAndToItsGroupsForAsLongAsItIs() {
    GrantFilter filter =
        new GrantFilter("orders", "prod", List.of(), "GET /orders").by(GrantFilter.By.PRINCIPAL);
    var report = new GrantReport(given(), given().live(), NOW, filter);
    assertThat(report.members())
        .startsWith("imported by ana at 2026-11-22T10:00:00Z, rows: 3, SHA-256: ");
    assertThat(rows(report))
        .extracting(GrantReportTest::line)
        .containsExactly(
            "orders | prod | GET | /orders | corp | subject | alice | clerk viewer | ALLOW |"
                + " clerk > viewer; viewer | clerk: group `desk` by the membership list until"
                + " 2027-06-01T00:00:00Z\nviewer: assigned | see |  |  | ",
            "orders | prod | GET | /orders | corp | subject | bob | clerk | ALLOW | clerk > viewer"
                + " | clerk: group `desk` by the membership list until 2027-06-01T00:00:00Z | see |"
                + " see: until 2027-06-01T00:00:00Z |  | 2027-06-01T00:00:00Z",
            "orders | prod | GET | /orders | corp | group | desk | clerk | ALLOW | clerk > viewer |"
                + " clerk: assigned until 2027-06-01T00:00:00Z | see |"
                + " see: until 2027-06-01T00:00:00Z |  | 2027-06-01T00:00:00Z");
  }

  @Test
  void principalsAreThoseThatHoldSomethingThenAndOneOfTheRolesThatAreAsked() {
    GrantFilter live = new GrantFilter("live", "", List.of(), "").by(GrantFilter.By.PRINCIPAL);
    assertThat(rows(given(), live))
        .extracting(row -> row.principal().orElseThrow().holder().value())
        .containsExactly("alice", "bob", "batch2", "desk");
    assertThat(
            rows(
                given(),
                new GrantFilter("live", "", List.of(new RoleName("viewer")), "")
                    .by(GrantFilter.By.PRINCIPAL)))
        .as("by all roles of those that hold it, by inheritance too")
        .extracting(row -> row.principal().orElseThrow().holder().value() + " " + row.roleNames())
        .containsExactly("alice clerk", "bob clerk", "desk clerk");
    InMemoryPolicy unknown = InMemoryPolicy.of(policy(GIVEN), CLOCK);
    assertThat(rows(unknown, live))
        .as("without a list groups have rows, and who is in them has none")
        .extracting(row -> row.principal().orElseThrow().holder().value())
        .containsExactly("batch2", "desk");
    assertThat(new GrantReport(unknown, unknown.live(), NOW, live).members())
        .isEqualTo("no list was in force");
    assertThat(GrantFilter.of(live.parts())).isEqualTo(live);
    assertThatThrownBy(() -> GrantFilter.of(Map.of("by", "role")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** Every place and principal, at four days, against the decision that a caller would get. */
  @Test
  void everyPrincipalsRowIsAsDecideSays() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("principals' rows, seed " + seed);
    var world = new RandomWorld(new Random(seed));
    var seen = new EnumMap<Effect, Integer>(Effect.class);
    int ended = 0;
    for (int i = 0; i < WORLDS / 2; i++) {
      Policy policy = world.policy();
      var memory = InMemoryPolicy.of(policy, CLOCK);
      memory.memberships().add(world.members());
      Map<List<String>, GrantRow> rows = new HashMap<>();
      rows(memory, GrantFilter.EVERYTHING.by(GrantFilter.By.PRINCIPAL))
          .forEach(row -> assertThat(rows.put(held(row), row)).as(line(row)).isNull());
      for (PolicyTest.Caller caller : callers(memory)) {
        for (Api api : policy.apis()) {
          for (Route route : api.routes().routes()) {
            for (Action action : api.routes().actionsOf(route)) {
              for (String stage : api.stages()) {
                String where = "seed " + seed + ", world " + i + ": " + caller + " " + route;
                GrantRow row =
                    rows.remove(
                        List.of(
                            caller.issuer() + " " + whose(caller),
                            api.name(),
                            stage,
                            action.name(),
                            route.template().toString()));
                ended += agrees(where, row, policy, api, stage, caller, route, action);
                if (row != null) {
                  seen.merge(row.effect(), 1, Integer::sum);
                }
              }
            }
          }
        }
      }
      assertThat(rows.values()).as("rows of nobody").isEmpty();
    }
    assertThat(seen.get(Effect.ALLOW)).isGreaterThan(WORLDS);
    assertThat(seen.get(Effect.DENY)).isGreaterThan(WORLDS / 2);
    assertThat(ended).as("rows that end with an assignment").isPositive();
  }

  private static List<String> held(GrantRow row) {
    Assignment.Holder holder = row.principal().orElseThrow().holder();
    return List.of(
        holder.issuer() + " " + holder.kind() + " " + holder.value(),
        row.api(),
        row.stage(),
        row.method(),
        row.route());
  }

  /** Somebody of each kind, with the groups that the list says. */
  private static List<PolicyTest.Caller> callers(InMemoryPolicy memory) {
    List<Membership> members = memory.memberships().list().orElseThrow().rows();
    var callers = new ArrayList<PolicyTest.Caller>();
    for (String issuer : RandomWorld.ISSUERS) {
      for (String value : List.of("=s1", "s,2", "member")) {
        List<String> groups =
            members.stream()
                .filter(it -> it.issuer().equals(issuer) && it.subject().equals(value))
                .map(Membership::group)
                .toList();
        callers.add(caller(issuer, value, "", groups));
        if (!value.equals("member")) {
          callers.add(caller(issuer, "", value, List.of()));
          callers.add(caller(issuer, "", "", List.of(value)));
        }
      }
    }
    return callers;
  }

  private static PolicyTest.Caller caller(
      String issuer, String sub, String client, List<String> groups) {
    return new PolicyTest.Caller(issuer, sub, client, groups, List.of(), Map.of(), List.of());
  }

  private static String whose(PolicyTest.Caller caller) {
    if (!caller.sub().isEmpty()) {
      return "SUBJECT " + caller.sub();
    }
    return caller.client().isEmpty()
        ? "GROUP " + caller.groups().getFirst()
        : "CLIENT " + caller.client();
  }

  /** Answers 1 where an assignment's end ends the row, and no permission's. */
  private static int agrees(
      String where,
      @Nullable GrantRow row,
      Policy policy,
      Api api,
      String stage,
      PolicyTest.Caller caller,
      Route route,
      Action action) {
    var decider = new PolicyDecider(policy);
    boolean holds =
        policy.assignments().stream()
            .filter(it -> it.isLiveAt(NOW) && it.issuer().equals(caller.issuer()))
            .anyMatch(
                it ->
                    switch (it.kind()) {
                      case SUBJECT -> it.value().equals(caller.sub());
                      case CLIENT -> it.value().equals(caller.client());
                      case GROUP -> caller.groups().contains(it.value());
                    });
    for (String path : PATHS) {
      if (api.routes().route(action, RequestPath.of(path)).filter(route::equals).isEmpty()) {
        continue;
      }
      for (Map<String, ClaimValue> claims : claims()) {
        for (int day = 0; day < 5; day++) {
          Instant now = NOW.plus(Duration.ofDays(day));
          Decision decision =
              decider.decision(
                  new PolicyDecider.Question(
                      new PolicyTest.Caller(
                          caller.issuer(),
                          caller.sub(),
                          caller.client(),
                          caller.groups(),
                          List.of(),
                          claims,
                          List.of()),
                      api.id().value(),
                      stage,
                      action,
                      path,
                      "",
                      RequestContext.at(now)));
          if (row == null) {
            assertThat(holds && !decision.by().isEmpty())
                .as("%s: no row, %s", where, decision)
                .isFalse();
            continue;
          }
          if (row.effect() == Effect.DENY) {
            assertThat(decision.isAllowed()).as("%s: %s, %s", where, row, decision).isFalse();
          } else if (row.conditions().isEmpty()) {
            assertThat(decision.isAllowed()).as("%s: %s, %s", where, row, decision).isTrue();
          }
          if (decision.isAllowed()) {
            assertThat(row.permissions())
                .as("%s: %s", where, row)
                .containsAnyElementsOf(decision.by());
            assertThat(row.from().filter(now::isBefore)).as("%s: %s", where, row).isEmpty();
            assertThat(row.until().filter(it -> !now.isBefore(it)))
                .as("%s: %s", where, row)
                .isEmpty();
          }
        }
      }
    }
    return row != null
            && row.until().isPresent()
            && policy.permissions().stream()
                .filter(it -> row.permissions().contains(it.id()))
                .allMatch(it -> it.validity().until().isEmpty())
        ? 1
        : 0;
  }

  private static List<Map<String, ClaimValue>> claims() {
    return List.of(
        Map.of(),
        Map.of("sub", new ClaimValue.Text("42"), "region", new ClaimValue.Text("eu")),
        Map.of("region", new ClaimValue.Text("two\nlines")));
  }
}
