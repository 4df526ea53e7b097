package dev.grantway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.policy.Policy;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.RowKey;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Policy data that imports are compared with, and that become what they say. */
record World(SortedMap<RowKey, PolicyRow> rows) {
  static final String ORDERS =
      """
      grantway: 1
      apis:
      - name: orders
        id: a1
        type: REST
        stages: [prod, dev]
        routes:
        - GET /orders
        - {route: "POST /orders/{id}/refunds", id: refundOrder, tags: [money], owner: team-orders}
        - GET /orders/{id}
      - name: web
        id: w1
        type: HTTP
        stages: [prod]
      roles:
      - name: clerk
        permissions:
        - {id: see, api: orders, methods: [GET], resource: /orders}
        - {id: refund, api: orders, methods: [POST], resource: "/orders/{id}/refunds"}
        - {id: all, api: orders, stage: dev, methods: ["*"], resource: /**}
      - name: viewer
      assignments:
      - {role: clerk, issuer: corp, subject: alice}
      """;

  static World of(String file) {
    return switch (PolicyFile.read(file, "base.yaml")) {
      case PolicyFile.Read read -> new World(PolicyRows.of(read.policy(), read.tests()));
      case PolicyFile.Refused refused -> throw new IllegalStateException("" + refused.findings());
    };
  }

  static World orders() {
    return of(ORDERS);
  }

  Policy policy() {
    return PolicyRows.policy(rows.values());
  }

  DryRun dryRun(ImportOrder order, String file) {
    return dryRun(order, file.getBytes(UTF_8));
  }

  DryRun dryRun(ImportOrder order, byte[] file) {
    List<PolicyRow.OfTest> tests =
        PolicyRows.tests(rows.values()).stream().map(PolicyRow.OfTest::new).toList();
    return Imports.dryRun(order, file, ImportBase.of(policy(), tests));
  }

  /** With the changes of an import made, each of which must begin at what is there. */
  World with(DryRun run) {
    var after = new TreeMap<>(rows);
    for (Change change : run.changes()) {
      if (!change.before().equals(Optional.ofNullable(after.remove(change.key())))) {
        throw new IllegalStateException("`" + change.key().text() + "` is otherwise");
      }
      change.after().ifPresent(it -> after.put(it.key(), it));
    }
    return new World(after);
  }

  static ImportOrder openApi(String api) {
    return new ImportOrder(ImportKind.OPENAPI, "api.yaml", api, false);
  }

  static ImportOrder permissions(boolean complete) {
    return new ImportOrder(ImportKind.PERMISSIONS, "permissions.csv", "", complete);
  }

  /** The rows as one line each. */
  static List<String> rows(DryRun run) {
    return run.rows().stream()
        .map(
            it ->
                it.outcome().text()
                    + " "
                    + it.what().text()
                    + " "
                    + it.name()
                    + it.at().map(at -> " " + at.line() + ":" + at.column()).orElse("")
                    + (it.note().isEmpty() ? "" : ": " + it.note()))
        .toList();
  }

  /** The findings as commands print them. */
  static List<String> findings(DryRun run) {
    return run.findings().stream().map(Object::toString).toList();
  }
}
