package dev.grantway.store;

import java.time.Instant;
import java.util.Locale;

/**
 * A token id, subject, client or session refused before its token expires, or that refusal lifted.
 *
 * @param epoch its place in the log, from 1
 * @param added false if this entry lifts an earlier one of the same kind, issuer and value
 * @param issuer the alias of the issuer
 * @param value the {@code jti}, {@code sub}, client id or session id
 * @param issuedBefore for a subject: tokens issued before this are refused; otherwise equal to
 *     {@code at}
 * @param until past this it may be forgotten, since every token concerned has expired
 */
public record Revocation(
    long epoch,
    boolean added,
    Kind kind,
    String issuer,
    String value,
    Instant issuedBefore,
    Instant until,
    String by,
    Instant at,
    String reason) {

  /** What is refused. */
  public enum Kind {
    TOKEN_ID,
    SUBJECT,
    CLIENT,
    SESSION;

    /** Its name outside: lower case, with hyphens. */
    public String code() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
