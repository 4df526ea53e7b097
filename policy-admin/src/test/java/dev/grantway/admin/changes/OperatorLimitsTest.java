package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.OperatorRight;
import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Revision;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every way to a grant gained or lost, taken by an operator who is limited to the API `inside`: on
 * it the change is published, on `outside` nobody publishes it, by whatever method (CONTRACT,
 * operator rights).
 */
class OperatorLimitsTest {
  private static final Sentence LABEL = Sentence.of("label.permission.add", "x");

  /** AREA is the API that a way changes. */
  private static final String POLICY =
      """
      grantway: 1
      apis:
        - name: inside
          id: inside1
          type: REST
          stages: [prod, test]
          routes: [GET /a, GET /b, "GET /c/{id}"]
        - name: outside
          id: outside1
          type: REST
          stages: [prod, test]
          routes: [GET /a, GET /b, "GET /c/{id}"]
      roles:
        - name: empty
        - name: heir
          inherits: [reader]
        - name: reader
          permissions:
            - {id: read, api: AREA, methods: [GET], resource: /a}
            - {id: item, api: AREA, methods: [GET], resource: "/c/{id}"}
        - name: wide
          permissions:
            - {id: all, api: AREA, methods: [GET], resource: "/**"}
            - {id: closed, api: AREA, effect: DENY, methods: [GET], resource: /b}
        - name: suspended
          permissions:
            - {id: nothing, api: AREA, effect: DENY, methods: ["*"], resource: "/**"}
        - name: sleeper
          inherits: [suspended]
      assignments:
        - {role: reader, issuer: corp, subject: bob}
        - {role: empty, issuer: corp, subject: eve}
        - {role: suspended, issuer: corp, subject: mal}
      operators:
        - {operator: ana, apis: [inside]}
      """;

  /** What it is, the line of {@link #POLICY} that changes, and what stands there then. */
  private static final List<List<String>> WAYS =
      List.of(
          List.of("lift what denies", "  - {role: suspended, issuer: corp, subject: mal}\n", ""),
          List.of(
              "assign what denies",
              "subject: mal}\n",
              "subject: mal}\n  - {role: suspended, issuer: corp, subject: eve}\n"),
          List.of(
              "inherit what denies",
              "  - name: empty\n",
              "  - name: empty\n    inherits: [suspended]\n"),
          List.of("inherit no longer what denies", "    inherits: [suspended]\n", ""),
          List.of(
              "add a permission",
              "  - name: empty\n",
              "  - name: empty\n    permissions: [{id: new, api: AREA, methods: [GET], resource: /a}]\n"),
          List.of(
              "remove a permission",
              "      - {id: read, api: AREA, methods: [GET], resource: /a}\n",
              ""),
          List.of("point it at another resource", "resource: /a}", "resource: /b}"),
          List.of(
              "give it another method",
              "methods: [GET], resource: /a}",
              "methods: [POST], resource: /a}"),
          List.of(
              "put a condition on it",
              "resource: /a}",
              "resource: /a, when: {Bool: {claims.mfa: [\"true\"]}}}"),
          List.of("let it end", "resource: /a}", "resource: /a, until: 2026-12-01T00:00:00Z}"),
          List.of(
              "limit it to a stage",
              "api: AREA, methods: [GET], resource: /a}",
              "api: AREA, stage: test, methods: [GET], resource: /a}"),
          List.of(
              "remove a DENY",
              "      - {id: closed, api: AREA, effect: DENY, methods: [GET], resource: /b}\n",
              ""),
          List.of("turn a DENY into an ALLOW", "effect: DENY, ", ""),
          List.of("inherit", "  - name: empty\n", "  - name: empty\n    inherits: [reader]\n"),
          List.of("inherit no longer", "    inherits: [reader]\n", ""),
          List.of("remove an heir", "  - name: heir\n    inherits: [reader]\n", ""),
          List.of(
              "assign",
              "assignments:\n",
              "assignments:\n  - {role: heir, issuer: corp, subject: mia}\n"),
          List.of("unassign", "  - {role: reader, issuer: corp, subject: bob}\n", ""),
          List.of(
              "let an assignment end",
              "subject: bob}",
              "subject: bob, until: 2026-12-01T00:00:00Z}"),
          List.of(
              "add a route that a wildcard reaches",
              "id: AREA1\n    type: REST\n    stages: [prod, test]\n    routes: [GET /a",
              "id: AREA1\n    type: REST\n    stages: [prod, test]\n    routes: [GET /d, GET /a"),
          List.of(
              "take a route away",
              "id: AREA1\n    type: REST\n    stages: [prod, test]\n    routes: [GET /a, ",
              "id: AREA1\n    type: REST\n    stages: [prod, test]\n    routes: ["),
          List.of(
              "open a route to everybody",
              "id: AREA1\n    type: REST\n    stages: [prod, test]\n    routes: [GET /a",
              "id: AREA1\n    type: REST\n    stages: [prod, test]\n    routes: [{route: GET /a, access: public}"),
          List.of(
              "deploy to another stage",
              "id: AREA1\n    type: REST\n    stages: [prod, test]",
              "id: AREA1\n    type: REST\n    stages: [prod, test, dev]"));

  static Stream<List<String>> ways() {
    return WAYS.stream();
  }

  private static String in(String area, String text) {
    return text.replace("AREA", area);
  }

  private static Policy policy(String text) {
    return switch (PolicyFile.read(text, "limits.yaml")) {
      case PolicyFile.Read read -> read.policy();
      case Object other -> throw new AssertionError(other);
    };
  }

  private static List<Change> changes(String area, List<String> way) {
    String from = in(area, POLICY);
    assertThat(from).as(way.get(0)).contains(in(area, way.get(1)));
    return PolicyRows.diff(
        policy(from), policy(from.replace(in(area, way.get(1)), in(area, way.get(2)))));
  }

  /** The draft's id; empty if the edit was refused for the limit. */
  private static String drafted(World world, List<Change> changes) {
    return switch (world.changes.stage(LABEL, changes)) {
      case Staged.Done done -> done.draft().draft().orElseThrow().id();
      case Staged.Refused refused -> {
        assertThat(refused.why()).extracting(Objection::code).containsOnly("operator-limit");
        yield "";
      }
    };
  }

  @ParameterizedTest
  @MethodSource("ways")
  void insideTheLimitItIsPublished(List<String> way) {
    var world = new World(policy(in("inside", POLICY)));
    String draft = drafted(world, changes("inside", way));
    assertThat(world.publishes.publish(draft, world.changes.review(draft).draft().hash(), "why"))
        .isInstanceOf(Outcome.Published.class);
  }

  @ParameterizedTest
  @MethodSource("ways")
  void outsideOfItNoMethodPublishesIt(List<String> way) {
    var world = new World(policy(in("outside", POLICY)));
    String draft = drafted(world, changes("outside", way));
    if (!draft.isEmpty()) {
      String hash = world.changes.review(draft).draft().hash();
      refused(world.publishes.publish(draft, hash, "why"));
      world.operators.is("ben", OperatorRight.APPROVER);
      refused(world.publishes.publish(draft, hash, "why"));
      world.operators.is("olga", OperatorRight.OWNER);
      refused(world.publishes.publish(draft, hash, "why"));
      refused(world.publishes.breakGlass(draft, hash, "why"));
      world.publishes.schedule(draft, hash, world.clock.instant().plusSeconds(60), "why");
      world.pass(Duration.ofMinutes(2));
      world.scheduled.publishDue();
    }
    assertThat(world.repository.live().revision()).isEqualTo(1);
  }

  /** Whoever takes over what another drafted answers for it like its author. */
  @ParameterizedTest
  @MethodSource("ways")
  void outsideOfItNobodyPublishesWhatAnotherDrafted(List<String> way) {
    var world = new World(policy(in("outside", POLICY)));
    world.operators.is("ben", OperatorRight.APPROVER);
    String draft = drafted(world, changes("outside", way));
    String hash = world.changes.review(draft).draft().hash();
    world.operators.is("ana", OperatorRight.OWNER);
    refused(world.publishes.publish(draft, hash, "why"));
    refused(world.publishes.breakGlass(draft, hash, "why"));
    world.operators.is("ben", OperatorRight.APPROVER);
    Revision revision =
        ((Outcome.Published) world.publishes.publish(draft, hash, "why")).revision();
    world.operators.is("ana", OperatorRight.OWNER);
    Staged back = world.changes.rollBack(revision.number() - 1);
    if (back instanceof Staged.Done(DraftState state)) {
      String again = state.draft().orElseThrow().id();
      refused(world.publishes.publish(again, world.changes.review(again).draft().hash(), "why"));
    }
    assertThat(world.repository.live().revision()).isEqualTo(revision.number());
  }

  private static void refused(Outcome outcome) {
    assertThat(outcome)
        .isInstanceOfSatisfying(
            Outcome.Refused.class,
            it -> assertThat(it.why()).extracting(Objection::code).contains("operator-limit"));
  }
}
