package dev.grantway.resource;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** The operation attempted: one of the seven verbs, or {@code CONNECT} on WebSocket APIs. */
public enum Action {
  DELETE,
  GET,
  HEAD,
  OPTIONS,
  PATCH,
  POST,
  PUT,
  CONNECT;

  /** "Every method" (GATEWAY rule 4). */
  public static final Set<Action> VERBS =
      Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(CONNECT)));

  /** Reads an HTTP method exactly as written (case-sensitive, RFC 9110 section 9.1). */
  public static Optional<Action> verb(String text) {
    for (Action verb : VERBS) {
      if (verb.name().equals(text)) {
        return Optional.of(verb);
      }
    }
    return Optional.empty();
  }
}
