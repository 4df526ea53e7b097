package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/** Every refusal stands where it was typed, says why, and what to do. */
class RefusalsTest {
  private static final String HEAD =
      """
      grantway: 1
      apis:
        - {name: orders, id: a1, type: REST, stages: [prod], routes: [GET /orders]}
        - {name: live, id: a2, type: WEBSOCKET, stages: [prod], routes: [$connect]}
      """;

  private record Refused(String what, String text, String... findings) {}

  private static String permission(String fields) {
    return HEAD + "roles:\n  - {name: r, permissions: [{" + fields + "}]}\n";
  }

  private static Stream<Refused> refused() {
    return Stream.of(
        new Refused("nothing", "", "1:1: error syntax file is empty"),
        new Refused("a list", "[]", "1:1: error wrong-type a policy file is a list"),
        new Refused("broken YAML", "grantway: 1\nroles: [", "2:9: error syntax"),
        new Refused("two documents", "grantway: 1\n---\ngrantway: 1\n", "2:1: error syntax"),
        new Refused("an unknown version", "grantway: 2\n", "1:11: error bad-version"),
        new Refused("no version", "roles: []\n", "1:1: error missing-key"),
        new Refused(
            "an unknown key",
            "grantway: 1\nrole: []\n",
            "2:1: error unknown-key key `role` is unknown in a policy file; the nearest known key"
                + " is `roles`"),
        new Refused(
            "a repeated key",
            "grantway: 1\nroles: []\nroles: []\n",
            "3:1: error duplicate-key key `roles` is there twice"),
        new Refused(
            "a waiver that nobody answers for",
            "grantway: 1\nwaivers:\n  - {finding: oversized, owner: ' ',"
                + " until: 2030-01-01T00:00:00Z, reason: known}\n",
            "3:5: error bad-value a waiver's owner needs 1 to 256 characters, got 1; say which"
                + " finding, who accepts it and why"),
        new Refused("an alias", "grantway: 1\nroles: &a []\n", "2:8: error alias"),
        new Refused("a tag", "grantway: !!int '1'\n", "1:11: error syntax tags"),
        new Refused(
            "a key that is a list", "grantway: 1\n? [a]\n: b\n", "2:3: error wrong-type a key"),
        new Refused(
            "a cycle",
            "grantway: 1\nroles:\n  - {name: a, inherits: [b]}\n  - {name: b, inherits: [a]}\n",
            "4:25: error role-cycle role `a` inherits itself through `a` → `b` → `a`"),
        new Refused(
            "a role that inherits itself",
            "grantway: 1\nroles:\n  - {name: a, inherits: [a]}\n",
            "3:25: error role-cycle role `a` inherits itself"),
        new Refused(
            "an unknown parent",
            "grantway: 1\nroles:\n  - {name: staff, inherits: [staf, clerk]}\n",
            "3:30: error unknown-role role `staf` is not in `roles`; add it, or name `staff`",
            "3:36: error unknown-role role `clerk`"),
        new Refused(
            "a role name with a space",
            "grantway: 1\nroles:\n  - {name: a b}\n",
            "3:12: error bad-value role name `a b` may hold only"),
        new Refused(
            "a role twice",
            "grantway: 1\nroles:\n  - {name: a}\n  - {name: a}\n",
            "4:12: error duplicate-id role `a` is there twice; rename it or the one in line 3"),
        new Refused(
            "a permission id twice",
            permission(
                "id: p, api: orders, methods: [GET], resource: /a}, {id: p, api: orders,"
                    + " methods: [GET], resource: /b"),
            "error duplicate-id permission `p`"),
        new Refused(
            "an API twice",
            "grantway: 1\napis:\n  - {name: a, id: x, type: REST, stages: [p]}\n"
                + "  - {name: a, id: x, type: REST, stages: [p]}\n",
            "4:12: error duplicate-id api `a`",
            "4:19: error duplicate-id API id `x`"),
        new Refused(
            "a route twice",
            "grantway: 1\napis:\n  - {name: a, id: x, type: REST, stages: [p], routes: [\"GET /{a}\","
                + " \"GET /{b}\"]}\n",
            "3:68: error bad-route route `GET /{b}` is there twice"),
        new Refused(
            "bad routes",
            "grantway: 1\napis:\n  - name: a\n    id: x\n    type: REST\n    stages: [p]\n    routes:\n"
                + "      - orders\n      - GTE /orders\n      - GET /a//b\n      - GET /{p+}/x\n"
                + "      - $default\n      - {route: GET /y, access: open}\n",
            "8:9: error bad-route",
            "9:9: error bad-route method `GTE`",
            "10:9: error bad-route",
            "11:9: error bad-route",
            "12:9: error bad-route",
            "13:33: error bad-value `access` is `open`; write one of granted, public, closed"),
        new Refused(
            "an unknown API",
            permission("id: p, api: ordesr, methods: [GET], resource: /orders"),
            "6:42: error unknown-api API `ordesr` is not in `apis`; add it, or name `orders`"),
        new Refused(
            "an unknown stage",
            permission("id: p, api: orders, stage: dev, methods: [GET], resource: /orders"),
            "error unknown-stage API `orders` has no stage `dev`; name one of prod"),
        new Refused(
            "an unknown method",
            permission("id: p, api: orders, methods: [GTE], resource: /orders"),
            "error bad-value method `GTE` is unknown"),
        new Refused(
            "no methods",
            permission("id: p, api: orders, resource: /orders"),
            "6:29: error missing-key a permission needs `methods`"),
        new Refused(
            "methods on WebSocket",
            permission("id: p, api: live, methods: [GET], resource: $connect"),
            "error bad-value a permission on a WebSocket API has no `methods`"),
        new Refused(
            "everything missing",
            permission("note: x"),
            "needs `id`",
            "needs `api`",
            "needs `resource`"),
        new Refused(
            "wildcards in a pattern",
            permission("id: p, api: orders, methods: [GET], resource: \"/orders/*\""),
            "6:76: error bad-pattern segment `*`"),
        new Refused(
            "a pattern without a slash",
            permission("id: p, api: orders, methods: [GET], resource: orders"),
            "error bad-pattern path `orders` must start with /"),
        new Refused(
            "a subtree in the middle",
            permission("id: p, api: orders, methods: [GET], resource: \"/**/x\""),
            "error bad-pattern"),
        new Refused(
            "a window that ends before it starts",
            permission(
                "id: p, api: orders, methods: [GET], resource: /orders,"
                    + " from: 2026-02-01T00:00:00Z, until: 2026-01-01T00:00:00Z"),
            "6:120: error bad-window validity ends at 2026-01-01T00:00:00Z"),
        new Refused(
            "a window without a zone",
            permission(
                "id: p, api: orders, methods: [GET], resource: /orders, from: 2026-02-01T00:00:00"),
            "error bad-window `2026-02-01T00:00:00` is no instant with a zone"),
        new Refused(
            "a window with fractions",
            permission(
                "id: p, api: orders, methods: [GET], resource: /orders, from: 2026-02-01T00:00:00.5Z"),
            "needs whole seconds"),
        new Refused(
            "an unknown operator",
            permission(
                "id: p, api: orders, methods: [GET], resource: /orders, when: {StringEqual:"
                    + " {claims.a: b}}"),
            "error bad-condition operator `StringEqual`",
            "write `StringEquals`"),
        new Refused(
            "an unknown attribute and a wrong value",
            permission(
                "id: p, api: orders, methods: [GET], resource: /orders, when: {NumericEquals:"
                    + " {claim.a: 5, claims.b: five}}"),
            "error bad-condition attribute `claim.a`",
            "error bad-condition NumericEquals needs a number"),
        new Refused(
            "an empty condition",
            permission("id: p, api: orders, methods: [GET], resource: /orders, when: {}"),
            "error bad-condition `when` is empty"),
        new Refused(
            "an unknown role in an assignment, and two receivers",
            "grantway: 1\nassignments:\n  - {role: a, issuer: c, subject: s}\n"
                + "  - {role: authenticated, issuer: c, subject: s, client: t}\n",
            "3:12: error unknown-role",
            "4:5: error missing-key an assignment needs exactly one of"),
        new Refused(
            "an invariant that says nothing",
            HEAD + "invariants:\n  - {name: i, api: orders}\n",
            "error missing-key an invariant needs either"),
        new Refused(
            "an approval rule past reason",
            HEAD + "approvals:\n  - {api: orders, required: 11}\n",
            "6:29: error bad-value required approvals must be 0 to 10"),
        new Refused(
            "a test of an unknown permission",
            HEAD
                + "tests:\n  - {name: t, api: orders, stage: prod, request: GET orders, expect: YES,"
                + " by: [q]}\n",
            "error bad-value request `GET orders` has no method and path",
            "error bad-value `expect` is `YES`; write one of ALLOW, DENY",
            "error unknown-permission permission `q`"));
  }

  @TestFactory
  Stream<DynamicTest> whatIsRefusedSaysWhereAndWhy() {
    return refused().map(refused -> DynamicTest.dynamicTest(refused.what(), () -> check(refused)));
  }

  private static void check(Refused refused) {
    PolicyFile.Result result = PolicyFile.read(refused.text(), "p.yaml");
    String all = String.join("\n", result.findings().stream().map(Finding::toString).toList());
    assertThat(result).as(all).isInstanceOf(PolicyFile.Refused.class);
    assertThat(all).contains(refused.findings());
    assertThat(result.findings())
        .allSatisfy(
            finding -> assertThat(finding.toString()).matches("(?s)p\\.yaml:\\d+:\\d+: .*; .+"));
  }

  @Test
  @Timeout(60)
  void oneEndlessLineIsReadInTime() {
    String endless = "grantway: 1 # " + "x".repeat(4_000_000) + "\nroles: [{name: clerk}]\n";
    assertThat(PolicyFile.read(endless, "f")).isInstanceOf(PolicyFile.Read.class);
  }

  @Test
  void everyErrorOfAFileIsThereInItsOrder() {
    List<Finding> findings =
        PolicyFile.read(
                "grantway: 3\nroles:\n  - {nam: a}\n  - {name: b, inherits: [x]}\nretention: {days: 0}\n",
                "p.yaml")
            .findings();
    assertThat(findings).extracting(finding -> finding.at().line()).containsExactly(1, 3, 3, 4, 5);
  }

  @Test
  void aTestOfAStageThatTheApiLacksIsOnlyAWarning() {
    PolicyFile.Read read =
        Samples.read(
            HEAD
                + "tests:\n  - {name: t, api: orders, stage: dev, request: GET /orders, expect: DENY}\n");
    assertThat(read.findings())
        .extracting(Finding::toString)
        .containsExactly(
            "policy.yaml:6:35: warning unknown-stage API `orders` has no stage `dev`; name one of prod");
  }

  @Test
  void nestingAndSizeAreLimited() {
    assertThat(PolicyFile.read("[".repeat(100_000), "p").findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.TOO_DEEP);
    assertThat(PolicyFile.read(" ".repeat(NodeReader.MAX_CHARACTERS + 1), "p").findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.TOO_BIG);
  }

  @Test
  void manyAliasesAreRefusedAtTheFirst() {
    String bomb = "grantway: 1\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n";
    assertThat(PolicyFile.read(bomb, "p").findings())
        .extracting(Finding::code)
        .containsExactly(FindingCode.ALIAS);
  }

  @Test
  void wordsThatOtherReadersTakeForSomethingElseAreTexts() {
    PolicyFile.Read read =
        Samples.read(
            "grantway: 1\nroles:\n  - name: NO\n  - name: 0x1F\n  - name: 1e3\n  - name: yes\n");
    assertThat(read.policy().roles())
        .extracting(role -> role.name().value())
        .containsExactly("0x1F", "1e3", "NO", "yes");
  }
}
