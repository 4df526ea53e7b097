package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Verification.Excess;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** The roles a token brings, within the limits (TOKENS, issuers). */
sealed interface RoleReader {
  /** Most role names of one token. */
  int MOST = 200;

  /** Within the limits. */
  record Roles(SortedSet<String> names, int dropped) implements RoleReader {}

  /** Past a limit: never a silent cut. */
  record TooMuch(Excess why) implements RoleReader {}

  static RoleReader read(Issuer issuer, Json.Obj claims) {
    var rules = issuer.roles();
    if (overflowed(issuer, claims)) {
      return new TooMuch(Excess.OVERAGE);
    }
    Set<String> written = new LinkedHashSet<>();
    for (var source : rules.sources()) {
      written.addAll(source.names(claims));
    }
    if (written.size() > MOST) {
      return new TooMuch(Excess.ROLES);
    }
    for (var name : written) {
      if (name.length() > Clean.LONGEST) {
        return new TooMuch(Excess.ROLE_NAME);
      }
    }
    return roles(rules, written);
  }

  /** Groups bring roles by assignment, so that a cut list of them is never taken for the whole. */
  private static boolean overflowed(Issuer issuer, Json.Obj claims) {
    for (var source : issuer.roles().sources()) {
      if (source.overflowed(claims)) {
        return true;
      }
    }
    for (var place : issuer.reading().groups()) {
      if (Overage.of(place, claims)) {
        return true;
      }
    }
    return false;
  }

  private static RoleReader roles(RoleRules rules, Set<String> written) {
    var kept = new TreeSet<String>();
    int dropped = 0;
    for (var name : written) {
      var role = Clean.characters(name) ? rules.role(name) : Optional.<String>empty();
      role.ifPresent(kept::add);
      dropped += role.isPresent() ? 0 : 1;
    }
    return new Roles(kept, dropped);
  }
}
