package dev.grantway.usage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.PolicyView;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.store.UsageDay;
import dev.grantway.store.UsageDay.Kind;
import dev.grantway.store.UsageRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UseTest {
  private static final LocalDate FIRST = LocalDate.of(2026, 8, 1);
  private static final Policy POLICY = read("");

  private final Api orders = POLICY.apiNamed("orders").orElseThrow();

  /** Clerks inherit what viewers may; what is said more of permissions is appended. */
  private static Policy read(String more) {
    String text =
        """
        grantway: 1
        apis:
          - name: orders
            id: a1b2c3d4e5
            type: REST
            stages: [prod]
            routes: [GET /orders, POST /orders, "GET /orders/{id}"]
        roles:
          - name: viewer
            permissions:
              - {id: look, api: orders, methods: [GET], resource: /orders}
          - name: clerk
            inherits: [viewer]
            permissions:
              - {id: take, api: orders, methods: [POST], resource: /orders}
        """;
    return ((PolicyFile.Read) PolicyFile.read(text + more, "use.yaml")).policy();
  }

  private UsageDay day(int n, Kind kind, String source, UsageRow... rows) {
    LocalDate day = FIRST.plusDays(n);
    return new UsageDay(orders.id(), "prod", day, source, kind, List.of(rows));
  }

  private static UsageRow row(int n, String route, String roles, long allowed, long refused) {
    return new UsageRow(
        route,
        Set.of(roles.split(",")).stream()
            .filter(it -> !it.isEmpty())
            .map(RoleName::new)
            .collect(Collectors.toCollection(TreeSet::new)),
        allowed,
        refused,
        FIRST.plusDays(n).atTime(12, 0).toInstant(ZoneOffset.UTC),
        new TreeSet<>(Set.of("00000000000000" + (10 + n))),
        false);
  }

  @Test
  void aCallIsTheCallOfEveryRoleThatTheCallerHeldOrInherited() {
    var graph = new RoleGraph(POLICY.roles());
    var use =
        new Use(
            List.of(
                day(0, Kind.ACCESS, "a", row(0, "GET /orders", "clerk", 3, 0)),
                day(1, Kind.ACCESS, "a", row(1, "GET /orders", "clerk", 2, 9))),
            FIRST,
            FIRST.plusDays(1));
    for (String role : List.of("clerk", "viewer", "authenticated")) {
      assertThat(use.calls(graph, new RoleName(role), "GET /orders").calls()).isEqualTo(5);
    }
    assertThat(use.calls(graph, new RoleName("viewer"), "GET /orders").last())
        .contains(Instant.parse("2026-08-02T12:00:00Z"));
    assertThat(use.calls(graph, new RoleName("clerk"), "POST /orders").calls()).isZero();
    assertThat(use.refused()).extracting(RouteCalls::refused).containsExactly(9L);
    assertThat(use.of("0000000000000010")).hasSize(1);
  }

  @Test
  void ofADayWithAnAccessLogDecisionLinesCountNoMore() {
    var use =
        new Use(
            List.of(
                day(0, Kind.ACCESS, "gateway", row(0, "GET /orders", "clerk", 10, 0)),
                day(0, Kind.DECISIONS, "lambda", row(0, "GET /orders", "clerk", 4, 0)),
                day(1, Kind.DECISIONS, "lambda", row(1, "GET /orders", "clerk", 2, 0))),
            FIRST,
            FIRST.plusDays(1));
    assertThat(use.rows().getFirst().allowed()).isEqualTo(12);
    assertThat(use.told().everyCall()).as("of the second day").isFalse();
    assertThat(use.told().isOfEveryDay()).isTrue();
    assertThat(use.told().isComplete()).isFalse();
  }

  @Test
  void logsAreCompleteIfEveryDayIsTold() {
    List<UsageDay> days =
        IntStream.range(0, 93)
            .filter(n -> n != 40)
            .mapToObj(n -> day(n, Kind.ACCESS, "a"))
            .toList();
    var use = new Use(days, FIRST, FIRST.plusDays(92));
    assertThat(use.told().days()).isEqualTo(93);
    assertThat(use.told().told()).isEqualTo(92);
    assertThat(use.told().isComplete()).isFalse();
    assertThat(new Use(days, FIRST, FIRST.plusDays(39)).told().isComplete()).isTrue();
    assertThat(new Use(List.of(), FIRST, FIRST).told().isComplete()).isFalse();
  }

  @Test
  void logsWithLinesThatCouldNotBeReadAreNotComplete() {
    UsageDay broken = new UsageDay(orders.id(), "prod", FIRST, "a", Kind.ACCESS, List.of(), 7);
    UsageDay aside = new UsageDay(orders.id(), "prod", FIRST, "b", Kind.DECISIONS, List.of(), 9);
    UsageDay next = day(1, Kind.ACCESS, "a");
    Told told = new Use(List.of(broken, aside, next), FIRST, FIRST.plusDays(1)).told();
    assertThat(told).as("decision lines count no more").isEqualTo(new Told(2, 2, true, 7));
    assertThat(told.isComplete()).isFalse();
    Told later = new Use(List.of(broken, next), FIRST.plusDays(1), FIRST.plusDays(1)).told();
    assertThat(later.isComplete()).isTrue();
    assertThat(new Use(List.of(aside), FIRST, FIRST).told().unreadable()).isEqualTo(9);
  }

  private List<Replay.Flip> replay(Policy after, UsageRow... rows) {
    return Replay.of(
        PolicyView.of(POLICY),
        PolicyView.of(after),
        new ApiId("a1b2c3d4e5"),
        "prod",
        Stream.of(rows).map(RouteCalls::of).toList());
  }

  @Test
  void callsThatADraftRefusesFlip() {
    Policy after =
        read("      - {id: no, effect: DENY, api: orders, methods: [GET], resource: /orders}\n");
    List<Replay.Flip> flips =
        replay(
            after,
            row(0, "GET /orders", "clerk", 41, 2),
            row(0, "GET /orders", "viewer", 7, 0),
            row(0, "POST /orders", "clerk", 5, 0));
    assertThat(flips)
        .as("viewers alone are no clerks")
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Replay.Kind.REFUSED);
              assertThat(it.calls()).isEqualTo(41);
              assertThat(it.perhaps()).isFalse();
            });
  }

  @Test
  void refusedCallsThatADraftAllowsFlipToo() {
    Policy after =
        read("      - {id: one, api: orders, methods: [GET], resource: '/orders/{id}'}\n");
    assertThat(replay(after, row(0, "GET /orders/{id}", "clerk,gone", 0, 6)))
        .singleElement()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(Replay.Kind.ALLOWED);
              assertThat(it.calls()).isEqualTo(6);
            });
    assertThat(replay(after, row(0, "GET /orders/{id}", "viewer", 0, 6))).isEmpty();
  }

  @Test
  void whereAConditionDecidesItIsPerhaps() {
    Policy after =
        read(
            """
                  - {id: no, effect: DENY, api: orders, methods: [POST], resource: /orders,
                     when: {StringEquals: {claims.region: [us]}}}
            """);
    assertThat(replay(after, row(0, "POST /orders", "clerk", 4, 0)))
        .singleElement()
        .satisfies(it -> assertThat(it.perhaps()).isTrue());
  }

  @Test
  void aConditionThatBecomesAnotherOneIsPerhaps() {
    String one =
        """
              - {id: some, api: orders, methods: [GET], resource: '/orders/{id}',
                 when: {StringEquals: {claims.region: [eu, us]}}}
        """;
    List<Replay.Flip> flips =
        Replay.of(
            PolicyView.of(read(one)),
            PolicyView.of(read(one.replace("eu, us", "eu"))),
            new ApiId("a1b2c3d4e5"),
            "prod",
            List.of(RouteCalls.of(row(0, "GET /orders/{id}", "clerk", 4, 3))));
    assertThat(flips).hasSize(2).allMatch(Replay.Flip::perhaps);
    assertThat(flips).extracting(Replay.Flip::calls).containsExactly(4L, 3L);
  }

  private static final String SOME =
      """
            - {id: some, api: orders, methods: [GET], resource: '/orders/{id}', note: why,
               when: {StringEquals: {claims.region: [eu, us]}}}
      """;

  /** What a permission is called, why it is there and what else it is about decides no call. */
  @Test
  void anotherNameNoteOrFurtherMethodFlipsNothing() {
    for (String other :
        List.of(
            SOME.replace("note: why", "note: another reason"),
            SOME.replace("id: some", "id: renamed"),
            SOME.replace("[GET]", "[GET, HEAD]"),
            SOME.replace("api: orders,", "api: orders, stage: prod,"),
            SOME + SOME.replace("id: some", "id: twin"))) {
      assertThat(other).isNotEqualTo(SOME);
      assertThat(flips(read(SOME), read(other))).as(other).isEmpty();
    }
    for (String other :
        List.of(
            SOME.replace("claims.region", "claims.country"),
            SOME.replace("note: why", "until: 2027-01-01T00:00:00Z"),
            SOME.replace("'/orders/{id}'", "/orders/7"))) {
      assertThat(other).isNotEqualTo(SOME);
      assertThat(flips(read(SOME), read(other)))
          .as(other)
          .isNotEmpty()
          .allMatch(Replay.Flip::perhaps);
    }
  }

  private static List<Replay.Flip> flips(Policy before, Policy after) {
    return Replay.of(
        PolicyView.of(before),
        PolicyView.of(after),
        new ApiId("a1b2c3d4e5"),
        "prod",
        List.of(RouteCalls.of(row(0, "GET /orders/{id}", "clerk", 4, 3))));
  }

  @Test
  void whatIsNoRouteFlipsNothing() {
    assertThat(replay(read(""), row(0, "GET /orders", "clerk", 1, 1))).isEmpty();
    assertThat(replay(read(""), row(0, "GET /elsewhere", "clerk", 1, 1))).isEmpty();
  }
}
