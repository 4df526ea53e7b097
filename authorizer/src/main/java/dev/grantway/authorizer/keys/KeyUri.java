package dev.grantway.authorizer.keys;

import java.net.URI;

/** Which addresses keys may come from: https, or http on this machine only. */
public final class KeyUri {
  private static final String LOOPBACK = "localhost|127(\\.[0-9]{1,3}){3}|\\[::1]";

  private KeyUri() {}

  /** Whether a key set may be fetched there. */
  public static boolean allowed(URI uri) {
    var host = uri.getHost();
    if (host == null || uri.getUserInfo() != null || uri.getFragment() != null) {
      return false;
    }
    return "https".equals(uri.getScheme())
        || "http".equals(uri.getScheme()) && host.matches(LOOPBACK);
  }

  static URI checked(URI uri) throws FetchFailedException {
    if (!allowed(uri)) {
      throw FetchFailedException.wrong("address is neither https nor http on loopback");
    }
    return uri;
  }
}
