package dev.grantway.cli;

import dev.grantway.authorizer.json.Claims;
import dev.grantway.authorizer.json.Json;
import dev.grantway.decision.ClaimValue;
import dev.grantway.policyfile.Nearest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Typed access to a JSON object; what has another type is refused, naming the key. */
record JsonFields(Json.Obj object, String what) {

  void checkKeys(List<String> known) {
    for (String key : object.members().keySet()) {
      if (!known.contains(key)) {
        String nearest = Nearest.to(key, known).orElse(known.getFirst());
        throw new InputException(
            "key `"
                + key
                + "` is unknown in "
                + what
                + ": the nearest known key is `"
                + nearest
                + "`");
      }
    }
  }

  Optional<String> text(String key) {
    return object
        .get(key)
        .map(
            value -> {
              if (value instanceof Json.Text(var text)) {
                return text;
              }
              throw wrong(key, "a string");
            });
  }

  String required(String key) {
    return text(key).orElseThrow(() -> new InputException(what + " needs `" + key + "`: add it"));
  }

  List<String> texts(String key) {
    return object.get(key).map(value -> texts(key, value)).orElse(List.of());
  }

  private static List<String> texts(String key, Json value) {
    if (!(value instanceof Json.Arr(var items))) {
      throw wrong(key, "a list of strings");
    }
    return items.stream()
        .map(
            item -> {
              if (item instanceof Json.Text(var text)) {
                return text;
              }
              throw wrong(key, "a list of strings");
            })
        .toList();
  }

  /** An object of strings, or of lists of them. */
  Map<String, List<String>> lists(String key) {
    var all = new LinkedHashMap<String, List<String>>();
    members(key)
        .forEach(
            (name, value) ->
                all.put(
                    name,
                    value instanceof Json.Text(var text) ? List.of(text) : texts(key, value)));
    return all;
  }

  /** The object under a key, as claims. */
  Map<String, ClaimValue> claims(String key) {
    return claims(members(key));
  }

  /** All of it, as claims. */
  Map<String, ClaimValue> claims() {
    return claims(object.members());
  }

  private static Map<String, ClaimValue> claims(Map<String, Json> members) {
    var claims = new LinkedHashMap<String, ClaimValue>();
    members.forEach((name, value) -> claims.put(name, Claims.of(value)));
    return claims;
  }

  private Map<String, Json> members(String key) {
    Optional<Json> value = object.get(key);
    if (value.isEmpty()) {
      return Map.of();
    }
    if (value.get() instanceof Json.Obj(var members)) {
      return members;
    }
    throw wrong(key, "an object");
  }

  private static InputException wrong(String key, String type) {
    return new InputException("`" + key + "` needs " + type);
  }
}
