package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Claims;
import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.token.Rejection.Claim;
import dev.grantway.decision.ClaimValue;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Reads the facts out of genuine claims (TOKENS step 10). */
final class ClaimReader {
  private final Issuer issuer;
  private final Issuer.Reading reading;
  private final Json.Obj claims;

  ClaimReader(Issuer issuer, Json.Obj claims) {
    this.issuer = issuer;
    this.reading = issuer.reading();
    this.claims = claims;
  }

  VerifiedToken token(RoleReader.Roles roles) throws RejectedException {
    var subject = registered(Claim.SUB);
    return new VerifiedToken(
        issuer.alias(),
        issuer.issuer(),
        principal(),
        subject,
        client(),
        first(reading.session(), Claim.SESSION),
        registered(Claim.JTI),
        Instants.required(claims, Claim.IAT),
        Instants.required(claims, Claim.EXP),
        roles.names(),
        roles.dropped(),
        groups(),
        scopes(),
        new LateClaims(this::attributes));
  }

  private String principal() throws RejectedException {
    return text(reading.principal())
        .filter(Clean::name)
        .orElseThrow(() -> new RejectedException(Rejection.NotAcceptable.NO_PRINCIPAL));
  }

  /** A present {@code sub} or {@code jti} that is not a string is refused. */
  private Optional<String> registered(Claim name) throws RejectedException {
    var text = claims.text(name.word());
    if (claims.get(name.word()).isPresent() && text.isEmpty()) {
      throw new RejectedException(new Rejection.BadClaim(name));
    }
    return text;
  }

  Optional<String> client() throws RejectedException {
    return first(reading.client(), Claim.CLIENT);
  }

  /** The first place that is there counts; what is no clean string there is refused, not absent. */
  private Optional<String> first(List<JsonPointer> places, Claim what) throws RejectedException {
    for (var place : places) {
      var found = place.find(claims);
      if (found.isPresent()) {
        var text = RoleSource.single(found.get()).filter(Clean::name);
        if (text.isEmpty()) {
          throw new RejectedException(new Rejection.BadClaim(what));
        }
        return text;
      }
    }
    return Optional.empty();
  }

  private Set<String> groups() {
    Set<String> groups = new HashSet<>();
    for (var place : reading.groups()) {
      place.find(claims).ifPresent(found -> groups.addAll(RoleSource.texts(found)));
    }
    groups.removeIf(name -> !Clean.name(name));
    return groups;
  }

  private SortedSet<String> scopes() {
    SortedSet<String> scopes = new TreeSet<>();
    reading
        .scopes()
        .flatMap(place -> place.find(claims))
        .ifPresent(found -> scopes.addAll(scopes(found)));
    scopes.removeIf(name -> !Clean.name(name));
    return scopes;
  }

  private List<String> scopes(Json value) {
    return value instanceof Json.Text(var text) && !reading.scopeSeparator().isEmpty()
        ? RoleSource.split(text, reading.scopeSeparator())
        : RoleSource.texts(value);
  }

  /** Top-level claims without dots, and the issuer's short names, which win. */
  private Map<String, ClaimValue> attributes() {
    Map<String, ClaimValue> values = new HashMap<>();
    claims
        .members()
        .forEach(
            (name, value) -> {
              if (!name.contains(".")) {
                values.put(name, Claims.of(value));
              }
            });
    reading
        .claims()
        .forEach(
            (name, place) -> {
              values.remove(name);
              place.find(claims).ifPresent(value -> values.put(name, Claims.of(value)));
            });
    return values;
  }

  private Optional<String> text(JsonPointer place) {
    return place.find(claims).flatMap(RoleSource::single);
  }
}
