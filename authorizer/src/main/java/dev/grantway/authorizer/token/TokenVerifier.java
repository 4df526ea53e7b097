package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.keys.Algorithm;
import dev.grantway.authorizer.keys.KeyLookup;
import dev.grantway.authorizer.keys.KeysUnavailableException;
import dev.grantway.authorizer.keys.VerificationKey;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes verified tokens of bearer texts, in the order of TOKENS: everything before the keys is CPU
 * only and makes no request.
 */
public final class TokenVerifier {
  private final Map<String, TrustedIssuer> issuers;
  private final Duration skew;
  private final Clock clock;

  /**
   * @param issuers by exact {@code iss}, which must differ
   * @param skew how far clocks may differ
   * @param clock now
   */
  public TokenVerifier(Collection<TrustedIssuer> issuers, Duration skew, Clock clock) {
    this.issuers =
        issuers.stream()
            .collect(
                Collectors.toUnmodifiableMap(it -> it.settings().issuer(), Function.identity()));
    this.skew = skew;
    this.clock = clock;
  }

  /**
   * Verifies the value of the header that carries the token.
   *
   * @throws KeysUnavailableException where the issuer's keys were never loaded: the one 500
   */
  public Verification verify(String bearer) throws KeysUnavailableException {
    return switch (screen(bearer)) {
      case Screening.Refused(var why) -> why;
      case Screening.Passed(var token) -> verify(token);
    };
  }

  /** The steps before the keys: nothing here makes a request or computes a signature. */
  public Screening screen(String bearer) {
    try {
      var token = UnverifiedToken.read(BearerText.token(bearer));
      var claims = token.claims();
      return screen(token, claims, issuer(claims));
    } catch (RejectedException e) {
      return new Screening.Refused(new Verification.Rejected(e.why(), "", ""));
    } catch (RuntimeException e) {
      return new Screening.Refused(broken(e));
    }
  }

  private static Screening screen(UnverifiedToken token, Json.Obj claims, TrustedIssuer issuer) {
    try {
      checkHeader(token.header(), issuer.settings());
      return new Screening.Passed(new ScreenedToken(token, claims, issuer));
    } catch (RejectedException e) {
      return new Screening.Refused(rejected(e, token, issuer));
    }
  }

  /**
   * The steps from the keys on.
   *
   * @throws KeysUnavailableException where the issuer's keys were never loaded: the one 500
   */
  public Verification verify(ScreenedToken screened) throws KeysUnavailableException {
    var token = screened.token();
    var issuer = screened.issuer();
    try {
      checkSignature(token, keys(token.header(), issuer));
      return read(screened.claims(), issuer.settings());
    } catch (RejectedException e) {
      return rejected(e, token, issuer);
    } catch (RuntimeException e) {
      return broken(e);
    }
  }

  private static Verification.Rejected rejected(
      RejectedException e, UnverifiedToken token, TrustedIssuer issuer) {
    return new Verification.Rejected(e.why(), issuer.settings().alias(), token.header().keyHint());
  }

  /** A bug that a caller's bytes can reach must not become a 500 that they can provoke at will. */
  private static Verification.Rejected broken(RuntimeException e) {
    return new Verification.Rejected(new Rejection.Broken(e.getClass().getSimpleName()), "", "");
  }

  private TrustedIssuer issuer(Json.Obj claims) throws RejectedException {
    var name =
        claims.text("iss").orElseThrow(() -> new RejectedException(Rejection.BadIssuer.MISSING));
    return Optional.ofNullable(issuers.get(name))
        .orElseThrow(() -> new RejectedException(Rejection.BadIssuer.UNKNOWN));
  }

  private static void checkHeader(JoseHeader header, Issuer issuer) throws RejectedException {
    if (!allows(issuer, header.algorithm())) {
      throw new RejectedException(Rejection.BadIssuer.ALG);
    }
    if (!issuer.allows(header.type())) {
      throw new RejectedException(Rejection.BadHeader.TYP);
    }
  }

  private static boolean allows(Issuer issuer, Algorithm algorithm) {
    for (var allowed : issuer.algorithms()) {
      if (algorithm.sameAs(allowed)) {
        return true;
      }
    }
    return false;
  }

  private static List<VerificationKey> keys(JoseHeader header, TrustedIssuer issuer)
      throws RejectedException, KeysUnavailableException {
    return switch (issuer.keys().find(header.keyId(), header.algorithm())) {
      case KeyLookup.Found(var keys) -> keys;
      case KeyLookup.Missing(var settled) ->
          throw new RejectedException(new Rejection.UnknownKey(settled));
      case KeyLookup.Ambiguous(var candidates) ->
          throw new RejectedException(new Rejection.AmbiguousKey(candidates));
    };
  }

  private static void checkSignature(UnverifiedToken token, List<VerificationKey> keys)
      throws RejectedException {
    for (var key : keys) {
      if (key.verifies(token.header().algorithm(), token.signed(), token.signature())) {
        return;
      }
    }
    throw new RejectedException(new Rejection.BadSignature());
  }

  private Verification read(Json.Obj claims, Issuer issuer) throws RejectedException {
    var checks = new ClaimChecks(issuer, claims);
    var reader = new ClaimReader(issuer, claims);
    checks.time(clock.instant(), skew);
    checks.kind();
    checks.audience(reader.client());
    checks.requirements();
    return switch (RoleReader.read(issuer, claims)) {
      case RoleReader.TooMuch(var why) ->
          new Verification.Excessive(reader.token(new RoleReader.Roles(new TreeSet<>(), 0)), why);
      case RoleReader.Roles roles -> new Verification.Verified(reader.token(roles));
    };
  }
}
