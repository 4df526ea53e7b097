package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Verification.Excess;
import java.util.List;
import java.util.Optional;
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
    var written =
        rules.sources().stream().flatMap(source -> source.names(claims)).distinct().toList();
    if (written.size() > MOST) {
      return new TooMuch(Excess.ROLES);
    }
    return written.stream().anyMatch(name -> name.length() > Clean.LONGEST)
        ? new TooMuch(Excess.ROLE_NAME)
        : roles(rules, written);
  }

  /** Groups bring roles by assignment, so that a cut list of them is never taken for the whole. */
  private static boolean overflowed(Issuer issuer, Json.Obj claims) {
    return issuer.roles().sources().stream().anyMatch(source -> source.overflowed(claims))
        || issuer.reading().groups().stream().anyMatch(place -> Overage.of(place, claims));
  }

  private static RoleReader roles(RoleRules rules, List<String> written) {
    var kept = new TreeSet<String>();
    int dropped = 0;
    for (var name : written) {
      var role = Optional.of(name).filter(Clean::characters).flatMap(rules::role);
      role.ifPresent(kept::add);
      dropped += role.isPresent() ? 0 : 1;
    }
    return new Roles(kept, dropped);
  }
}
