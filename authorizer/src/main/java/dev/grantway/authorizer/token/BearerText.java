package dev.grantway.authorizer.token;

import java.util.regex.Pattern;

/** The text of a header or query parameter to a token text (TOKENS step 1). */
public final class BearerText {
  private static final int LONGEST = 8_192;
  private static final int SCHEME = "Bearer".length();
  private static final Pattern JWS =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

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
    if (!JWS.matcher(text).matches()) {
      throw new RejectedException(Rejection.NoCredential.NOT_A_JWS);
    }
    return text;
  }
}
