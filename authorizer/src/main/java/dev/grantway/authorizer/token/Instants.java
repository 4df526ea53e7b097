package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.token.Rejection.Claim;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;

/** NumericDate claims (RFC 7519 section 2): exact numbers in [0, 253402300799]. */
final class Instants {
  private static final BigDecimal LAST = BigDecimal.valueOf(253_402_300_799L);

  private static final int SHORT = 11;

  private Instants() {}

  /** The claim; empty where absent; wrong type or range is never absent. */
  static Optional<Instant> optional(Json.Obj claims, Claim name) throws RejectedException {
    var value = claims.get(name.word());
    return value.isEmpty() ? Optional.empty() : Optional.of(instant(value.get(), name));
  }

  static Instant required(Json.Obj claims, Claim name) throws RejectedException {
    return optional(claims, name)
        .orElseThrow(() -> new RejectedException(new Rejection.MissingClaim(name)));
  }

  private static Instant instant(Json value, Claim name) throws RejectedException {
    if (value instanceof Json.Num(var text) && isShort(text)) {
      return Instant.ofEpochSecond(Long.parseLong(text));
    }
    var seconds = value instanceof Json.Num number ? number.exact() : Optional.<BigDecimal>empty();
    return seconds
        .filter(it -> it.signum() >= 0 && it.compareTo(LAST) <= 0)
        .map(it -> Instant.ofEpochSecond(it.longValue(), nanos(it)))
        .orElseThrow(() -> new RejectedException(new Rejection.BadClaim(name)));
  }

  /** Whole and far from the end of the range, as every ordinary one. */
  private static boolean isShort(String text) {
    if (text.length() > SHORT) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static long nanos(BigDecimal seconds) {
    return seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue();
  }
}
