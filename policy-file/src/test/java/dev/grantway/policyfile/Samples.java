package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;

/** What several tests read. */
final class Samples {
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-22T10:00:00Z"), ZoneOffset.UTC);

  /** CONTRACT's example, word for word. */
  static final String CONTRACT =
      """
      grantway: 1
      apis:
        - name: orders
          id: a1b2c3d4e5
          type: REST                 # REST | HTTP | WEBSOCKET
          stages: [prod, dev]
          routes:
            - GET /orders
            - POST /orders
            - GET /orders/{id}
            - {route: "POST /orders/{id}/refunds", id: refundOrder, tags: [money], owner: team-orders}
            - {route: GET /health, access: public}
            - ANY /files/{path+}
      roles:
        - name: viewer
          permissions: [{id: view, api: orders, methods: [GET], resource: /orders}]
        - name: clerk
          inherits: [viewer]
          description: takes and looks up orders
          permissions:
            - {id: clerk-read, effect: ALLOW, api: orders, methods: [GET], resource: "/orders/{id}", note: OPS-12}
            - {id: clerk-eu, effect: DENY, api: orders, stage: prod, methods: ["*"], resource: "/orders/{id}/refunds",
               when: {StringNotEquals: {claims.region: [eu]}}, from: 2026-01-01T00:00:00Z, until: 2027-01-01T00:00:00Z}
      assignments:
        - {role: clerk, issuer: corp, subject: alice, until: 2026-12-31T00:00:00Z}    # or client:, or group:
      invariants:
        - {name: no-self-refund, api: orders, never: {both: ["POST /orders", "POST /orders/{id}/refunds"]}, except: []}
        - {name: viewers-read-only, api: orders, never: {role: viewer, methods: [POST, PUT, PATCH, DELETE], resource: "/**"}}
        - {name: ops-can-always-look, api: orders, always: {role: clerk, request: GET /orders}}
      approvals:
        - {api: orders, stage: prod, required: 1}
      tests:
        - {name: clerk reads, principal: {roles: [clerk], claims: {region: eu}}, api: orders, stage: prod,
           request: GET /orders/42, expect: ALLOW, by: [clerk-read]}
      """;

  private Samples() {}

  static PolicyFile.Read read(String text) {
    PolicyFile.Result result = PolicyFile.read(text, "policy.yaml");
    assertThat(result.findings()).filteredOn(Finding::isError).isEmpty();
    return (PolicyFile.Read) result;
  }
}
