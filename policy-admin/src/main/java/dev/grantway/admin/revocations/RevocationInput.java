package dev.grantway.admin.revocations;

import dev.grantway.store.Revocation;

/**
 * A revocation as it was typed.
 *
 * @param until an instant with a zone; empty for {@link RevocationService#USUALLY} from now
 */
public record RevocationInput(Kind kind, String issuer, String value, String until, String reason) {

  /** What is refused. */
  public enum Kind {
    TOKEN_ID(Revocation.Kind.TOKEN_ID),
    SUBJECT(Revocation.Kind.SUBJECT),
    CLIENT(Revocation.Kind.CLIENT),
    SESSION(Revocation.Kind.SESSION);

    private final Revocation.Kind stored;

    Kind(Revocation.Kind stored) {
      this.stored = stored;
    }

    Revocation.Kind stored() {
      return stored;
    }

    static Kind of(Revocation.Kind stored) {
      return valueOf(stored.name());
    }
  }

  /** Where a problem is shown. */
  public enum Field {
    ISSUER,
    VALUE,
    UNTIL,
    REASON
  }
}
