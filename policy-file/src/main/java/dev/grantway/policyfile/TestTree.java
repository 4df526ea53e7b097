package dev.grantway.policyfile;

import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A test as the maps, lists and texts that a file holds. */
final class TestTree {
  private TestTree() {}

  static Map<String, Object> of(PolicyTest test) {
    var map = new LinkedHashMap<String, Object>();
    map.put("name", test.name());
    Map<String, Object> principal = principal(test.caller());
    if (!principal.isEmpty()) {
      map.put("principal", principal);
    }
    map.put("api", test.api());
    map.put("stage", test.stage());
    map.put(
        "request",
        test.method().equals("CONNECT") ? test.path() : test.method() + " " + test.path());
    PolicyTree.putText(map, "sourceIp", test.context().sourceIp());
    putMap(map, "headers", test.context().headers());
    putMap(map, "query", test.context().query());
    PolicyTree.putInstant(map, "now", test.context().now());
    map.put("expect", test.expect().name());
    test.by().ifPresent(ids -> map.put("by", ids.stream().map(Object::toString).toList()));
    PolicyTree.putText(map, "reason", test.reason());
    return map;
  }

  private static Map<String, Object> principal(PolicyTest.Caller caller) {
    var map = new LinkedHashMap<String, Object>();
    PolicyTree.putList(map, "roles", caller.roles());
    if (!caller.claims().isEmpty()) {
      var claims = new TreeMap<String, @Nullable Object>();
      caller.claims().forEach((name, value) -> claims.put(name, claim(value)));
      map.put("claims", claims);
    }
    PolicyTree.putText(map, "issuer", caller.issuer());
    PolicyTree.putText(map, "sub", caller.sub());
    PolicyTree.putText(map, "client", caller.client());
    PolicyTree.putList(map, "groups", caller.groups());
    PolicyTree.putList(map, "scopes", caller.scopes());
    return map;
  }

  private static @Nullable Object claim(ClaimValue value) {
    return switch (value) {
      case ClaimValue.Text(var text) -> text;
      // The YAML writer puts a tag before a decimal that looks like a whole number.
      case ClaimValue.Number(var number) -> number.scale() == 0 ? number.toBigInteger() : number;
      case ClaimValue.Bool(var bool) -> bool;
      case ClaimValue.Items(var items) ->
          items.stream().<@Nullable Object>map(TestTree::claim).toList();
      case ClaimValue.Opaque() -> null;
    };
  }

  private static void putMap(
      Map<String, Object> into, String key, Map<String, List<String>> values) {
    if (!values.isEmpty()) {
      into.put(key, new TreeMap<>(values));
    }
  }
}
