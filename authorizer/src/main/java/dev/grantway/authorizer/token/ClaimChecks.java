package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Rejection.Claim;
import dev.grantway.authorizer.token.Rejection.NotAcceptable;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** TOKENS step 9: whether genuine claims are for now, for us, and of the wanted kind. */
final class ClaimChecks {
  private static final Set<String> ACCESS_TYPES =
      Set.of("bearer", "at+jwt", "jwt", "access", "access_token");
  private static final List<String> ID_ONLY = List.of("nonce", "at_hash", "c_hash");

  private final Issuer issuer;
  private final Json.Obj claims;

  ClaimChecks(Issuer issuer, Json.Obj claims) {
    this.issuer = issuer;
    this.claims = claims;
  }

  /** RFC 7519 section 4.1.4 says "on or after": an equal instant is expired. */
  void time(Instant now, Duration skew) throws RejectedException {
    var expires = Instants.required(claims, Claim.EXP);
    var issued = Instants.required(claims, Claim.IAT);
    refuseIf(!now.isBefore(expires.plus(skew)), NotAcceptable.EXPIRED);
    refuseIf(issued.isAfter(now.plus(skew)), NotAcceptable.ISSUED_IN_FUTURE);
    var notBefore = Instants.optional(claims, Claim.NBF);
    refuseIf(
        notBefore.filter(it -> it.isAfter(now.plus(skew))).isPresent(),
        NotAcceptable.NOT_YET_VALID);
    refuseIf(
        Duration.between(issued, expires).compareTo(issuer.maxLifetime()) > 0,
        NotAcceptable.LIFETIME);
  }

  void kind() throws RejectedException {
    refuseIf(claims.get("events").isPresent(), NotAcceptable.KIND);
    refuseIf(claims.get("cnf").isPresent(), NotAcceptable.UNPROVED_CONFIRMATION);
    var use = claims.get("token_use");
    if (use.isPresent()) {
      var wanted = issuer.kind().name().toLowerCase(Locale.ROOT);
      refuseIf(!use.get().equals(new Json.Text(wanted)), NotAcceptable.KIND);
    }
    switch (issuer.kind()) {
      case ACCESS -> accessToken();
      case ID -> payloadType(Set.of("id"));
    }
  }

  private void accessToken() throws RejectedException {
    for (var name : ID_ONLY) {
      refuseIf(claims.members().containsKey(name), NotAcceptable.KIND);
    }
    payloadType(ACCESS_TYPES);
  }

  private void payloadType(Set<String> allowed) throws RejectedException {
    if (claims.get("typ").isPresent()) {
      var type = claims.text("typ").map(text -> text.toLowerCase(Locale.ROOT));
      refuseIf(type.filter(allowed::contains).isEmpty(), NotAcceptable.KIND);
    }
  }

  void audience(Optional<String> client) throws RejectedException {
    var wanted = issuer.acceptance();
    var audience = claims.get("aud");
    if (audience.isPresent()) {
      var named = audiences(audience.get());
      if (!wanted.audiences().isEmpty()) {
        refuseIf(Collections.disjoint(named, wanted.audiences()), NotAcceptable.AUDIENCE);
        return;
      }
    }
    if (wanted.allowMissingAudience()) {
      return;
    }
    refuseIf(wanted.clientIds().isEmpty(), NotAcceptable.AUDIENCE);
    refuseIf(client.filter(wanted.clientIds()::contains).isEmpty(), NotAcceptable.CLIENT);
  }

  private static List<String> audiences(Json value) throws RejectedException {
    var texts = RoleSource.texts(value);
    int written = value instanceof Json.Arr(var items) ? items.size() : 1;
    if (texts.size() != written || texts.isEmpty()) {
      throw new RejectedException(new Rejection.BadClaim(Claim.AUD));
    }
    return texts;
  }

  void requirements() throws RejectedException {
    for (var entry : issuer.acceptance().require().entrySet()) {
      var found = entry.getKey().find(claims);
      refuseIf(!found.equals(Optional.of(entry.getValue())), NotAcceptable.REQUIREMENT);
    }
  }

  private static void refuseIf(boolean refused, Rejection why) throws RejectedException {
    if (refused) {
      throw new RejectedException(why);
    }
  }
}
