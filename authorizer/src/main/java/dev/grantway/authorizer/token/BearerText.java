package dev.grantway.authorizer.token;

import dev.grantway.authorizer.keys.Base64Url;
import java.nio.charset.StandardCharsets;

/** The text of a header or query parameter to a token text (TOKENS step 1). */
public final class BearerText {
  private static final int LONGEST = 8_192;
  private static final int SCHEME = "Bearer".length();
  private static final int PARTS = 3;

  private BearerText() {}

  /** {@code Bearer} in any case, one or more spaces, then a compact JWS of at most 8 KB. */
  static String token(String value) throws RejectedException {
    boolean bearer =
        value.length() > SCHEME
            && value.regionMatches(true, 0, "Bearer", 0, SCHEME)
            && value.charAt(SCHEME) == ' ';
    if (!bearer) {
      throw new RejectedException(Rejection.NoCredential.NOT_BEARER);
    }
    int start = SCHEME;
    while (start < value.length() && value.charAt(start) == ' ') {
      start++;
    }
    return compact(value.substring(start));
  }

  private static String compact(String text) throws RejectedException {
    if (text.length() > LONGEST) {
      throw new RejectedException(Rejection.NoCredential.TOO_LONG);
    }
    if (!isJws(text)) {
      throw new RejectedException(Rejection.NoCredential.NOT_A_JWS);
    }
    return text;
  }

  /** Three parts of the alphabet of base64url, none empty, with dots between them. */
  private static boolean isJws(String text) {
    int parts = 1;
    int inPart = 0;
    // What is not Latin-1 becomes a question mark, which is not in the alphabet either.
    for (byte c : text.getBytes(StandardCharsets.ISO_8859_1)) {
      if (c == '.') {
        if (inPart == 0) {
          return false;
        }
        parts++;
        inPart = 0;
      } else if (Base64Url.inAlphabet(c)) {
        inPart++;
      } else {
        return false;
      }
    }
    return parts == PARTS && inPart > 0;
  }
}
