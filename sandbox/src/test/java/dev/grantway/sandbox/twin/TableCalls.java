package dev.grantway.sandbox.twin;

import com.nimbusds.jose.JOSEException;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.PermissionId;
import dev.grantway.policyfile.CaseTable;
import dev.grantway.sandbox.twin.http.Header;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Rows of the conformance tables as calls. */
final class TableCalls {
  private TableCalls() {}

  static Api api(CaseTable table, CaseTable.Row row) {
    return table.policy().apiNamed(row.test().api()).orElseThrow();
  }

  static String alias(PolicyTest test) {
    return test.caller().issuer().isEmpty() ? "nobody" : test.caller().issuer();
  }

  /** As the authorizer's log has them. */
  static String names(Collection<PermissionId> by) {
    return by.stream().map(id -> "\"" + id + "\"").collect(Collectors.joining(","));
  }

  static RealWorld.Caller caller(RealWorld world, PolicyTest test) throws JOSEException {
    PolicyTest.Caller asked = test.caller();
    var claims = new HashMap<String, Object>();
    asked.claims().forEach((name, value) -> claims.put(name, json(value)));
    claims.put("roles", asked.roles());
    claims.put("groups", asked.groups());
    claims.put("scope", String.join(" ", asked.scopes()));
    if (!asked.sub().isEmpty()) {
      claims.put("sub", asked.sub());
    }
    if (!asked.client().isEmpty()) {
      claims.put("client_id", asked.client());
    }
    List<Header> headers =
        test.context().headers().entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(v -> new Header(entry.getKey(), v)))
            .toList();
    String address = test.context().sourceIp();
    return new RealWorld.Caller(
        world.issuer.token(claims), address.isEmpty() ? "127.0.0.1" : address, headers);
  }

  private static Object json(ClaimValue value) {
    return switch (value) {
      case ClaimValue.Text(var text) -> text;
      case ClaimValue.Number(var number) -> number;
      case ClaimValue.Bool(var bool) -> bool;
      case ClaimValue.Items(var items) -> items.stream().map(TableCalls::json).toList();
      case ClaimValue.Opaque opaque -> Map.of();
    };
  }

  static String query(PolicyTest test) {
    String pairs =
        test.context().query().entrySet().stream()
            .flatMap(
                entry ->
                    entry.getValue().stream()
                        .map(value -> encode(entry.getKey()) + "=" + encode(value)))
            .collect(Collectors.joining("&"));
    return pairs.isEmpty() ? "" : "?" + pairs;
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
