package dev.grantway.authorizer.keys;

import java.util.List;

/** Told of what happens to an issuer's key set, for the log. */
public interface KeySetEvents {
  /** One attempt to fetch brought no set. */
  void failed(String reason);

  /** A set was read that differs from the one before and holds keys that cannot be used. */
  void skipped(List<SkippedKey> keys);
}
