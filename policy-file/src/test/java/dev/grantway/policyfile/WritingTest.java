package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WritingTest {
  private static final String EVERY_KEY =
      """
      grantway: 1
      apis:
        - {name: orders, id: a1, type: REST, stages: [prod, dev], allowUnconfirmedRouteTable: true,
           routes: [GET /, {route: "GET /x/{p}", id: op, tags: [b, a], owner: me, access: closed, state: gone},
             {route: GET /y, access: public}, {route: GET /z, state: new}, "ANY /f/{p+}"]}
        - {name: web, id: a2, type: HTTP, stages: [$default], routes: [$default, "GET /x"]}
        - {name: live, id: a3, type: WEBSOCKET, stages: [prod], routes: [$connect, sendMessage]}
      roles:
        - {name: "NO", id: r-1, description: "null", owner: "~"}
        - {name: b, inherits: ["NO"]}
        - name: a
          inherits: [b, "NO"]
          permissions:
            - {id: z, api: live, resource: "**"}
            - {id: y, effect: DENY, api: orders, stage: dev, methods: [PUT, GET], resource: "/x/${claims.sub}", note: "a: b # c",
               from: 2026-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z,
               when: {StringLike: {claims.a: "e*", token.scopes: [x]}, "Null": {claims.b: true}, NumericEquals: {claims.n: [1.50]}}}
            - {id: x, api: web, methods: ["*"], resource: "/**"}
      assignments:
        - {role: b, issuer: corp, subject: "1", until: 2026-12-31T00:00:00Z}
        - {role: a, issuer: corp, client: "true"}
        - {role: a, issuer: corp, group: "x y"}
      invariants:
        - {name: i1, api: orders, never: {both: [GET /, "GET /x/{p}"]}, except: [bob]}
        - {name: i2, api: orders, never: {role: a, methods: [ANY], resource: "/**"}}
        - {name: i3, api: orders, always: {role: b, request: GET /}}
        - {name: i4, api: live, never: {role: b, resource: sendMessage}}
      approvals:
        - {api: orders, stage: prod, required: 2}
        - {api: web, required: 0}
      waivers: [{finding: open-beyond-table, owner: olga, until: 2026-12-31T00:00:00Z, reason: "until moved"}]
      operators: [{operator: ana, apis: [web, orders]}]
      retention: {days: 400}
      tests:
        - {name: t1, principal: {roles: [a, ghost], claims: {t: "5", n: 5, f: 1.25, b: true, l: [a, 1], nothing: null},
             issuer: corp, sub: s, client: c, groups: [g], scopes: [x]}, api: orders, stage: dev, request: PUT /x/s,
           sourceIp: 203.0.113.9, headers: {X: "1", y: ["2", "3"]}, query: {q: ""}, now: 2026-11-22T10:00:00Z,
           expect: DENY, by: [y], reason: explicit-deny}
        - {name: t2, api: live, stage: prod, request: $connect, expect: DENY}
      """;

  @TestFactory
  Stream<DynamicTest> whatIsWrittenReadsBackTheSame() {
    return Stream.of(EVERY_KEY, Samples.CONTRACT, PolicyFile.ordersSample())
        .flatMap(
            text ->
                Stream.of(PolicyFile.Format.values())
                    .map(
                        format ->
                            DynamicTest.dynamicTest(
                                format + " of " + text.lines().skip(1).findFirst().orElse(""),
                                () -> roundTrip(text, format))));
  }

  private static void roundTrip(String text, PolicyFile.Format format) {
    PolicyFile.Read read = Samples.read(text);
    String written = PolicyFile.write(read.policy(), read.tests(), format);
    PolicyFile.Read again = Samples.read(written);
    assertThat(again.policy()).as(written).isEqualTo(read.policy());
    assertThat(again.tests()).as(written).isEqualTo(read.tests());
    assertThat(PolicyFile.write(again.policy(), again.tests(), format)).isEqualTo(written);
  }

  @Test
  void theOrderOfTheModelDoesNotShow() {
    Policy policy = Samples.read(EVERY_KEY).policy();
    long seed = 20261123;
    var random = new Random(seed);
    List<Role> roles = new ArrayList<>(policy.roles());
    List<Permission> permissions = new ArrayList<>(policy.permissions());
    Collections.shuffle(roles, random);
    Collections.shuffle(permissions, random);
    var shuffled =
        new Policy(policy.apis(), roles, permissions, policy.assignments(), policy.rules());
    for (PolicyFile.Format format : PolicyFile.Format.values()) {
      assertThat(PolicyFile.write(shuffled, List.of(), format))
          .as("seed " + seed)
          .isEqualTo(PolicyFile.write(policy, List.of(), format));
    }
  }

  @Test
  void jsonMayBeIndentedByTabs() {
    PolicyFile.Read read = Samples.read(PolicyFile.ordersSample());
    String json = PolicyFile.write(read.policy(), read.tests(), PolicyFile.Format.JSON);
    assertThat(Samples.read(json.replace("  ", "\t")).policy()).isEqualTo(read.policy());
  }
}
