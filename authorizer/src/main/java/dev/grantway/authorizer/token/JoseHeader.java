package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.keys.Algorithm;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The protected header after the allow list (TOKENS step 3).
 *
 * @param algorithm one of ours
 * @param keyId only ever a map key
 * @param type the media type in lower case without {@code application/}; empty where absent
 */
record JoseHeader(Algorithm algorithm, Optional<String> keyId, Optional<String> type) {
  private static final List<String> FORBIDDEN =
      List.of("crit", "b64", "zip", "enc", "jwk", "jku", "x5u", "x5c");
  private static final int LONGEST_ID = 256;
  private static final int HINT = 8;

  static JoseHeader of(Json.Obj header) throws RejectedException {
    for (var name : FORBIDDEN) {
      if (header.members().containsKey(name)) {
        throw new RejectedException(Rejection.BadHeader.FORBIDDEN_MEMBER);
      }
    }
    var algorithm = header.text("alg").flatMap(Algorithm::named);
    return new JoseHeader(
        algorithm.orElseThrow(() -> new RejectedException(Rejection.BadHeader.ALG)),
        text(header, "kid", Rejection.BadHeader.KID),
        text(header, "typ", Rejection.BadHeader.TYP).map(JoseHeader::mediaType));
  }

  private static Optional<String> text(Json.Obj header, String name, Rejection otherwise)
      throws RejectedException {
    var text = header.text(name);
    if (header.get(name).isPresent() && text.filter(it -> it.length() <= LONGEST_ID).isEmpty()) {
      throw new RejectedException(otherwise);
    }
    return text;
  }

  /** Enough of the key id to find it in an issuer's set, for the log. */
  String keyHint() {
    return keyId.map(id -> id.substring(0, Math.min(id.length(), HINT))).orElse("");
  }

  /** RFC 7515 section 4.1.9: without a slash, {@code application/} is understood. */
  static String mediaType(String typ) {
    var lower = typ.toLowerCase(Locale.ROOT);
    return lower.startsWith("application/") ? lower.substring("application/".length()) : lower;
  }
}
