package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.MalformedJsonException.Flaw;
import java.util.Locale;

/**
 * Why a token was refused. Clients always see the same 401; the stable code is for the log. Holds
 * facts, never the token or a claim's value.
 */
public sealed interface Rejection {

  /** Stable, lower case, for logs and metrics. */
  String code();

  /**
   * Whether the refusal may pass by itself, so that no answer to it may be cached: a key fetch that
   * failed or was suppressed, or a token from the near future (GATEWAY rule 16).
   */
  default boolean passing() {
    return false;
  }

  /** The parts of a compact JWS. */
  enum Part {
    HEADER,
    PAYLOAD,
    SIGNATURE;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The facts of a payload that are read by name or, where so configured, by pointer. */
  enum Claim {
    EXP,
    IAT,
    NBF,
    AUD,
    SUB,
    JTI,
    CLIENT,
    SESSION;

    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** No single well-formed credential in the event (TOKENS step 1). */
  enum NoCredential implements Rejection {
    MISSING("no-token"),
    SPELLED_TWICE("token-header-spelled-twice"),
    REPEATED("token-header-repeated"),
    CONTRADICTION("token-header-contradiction"),
    NOT_BEARER("not-bearer"),
    NOT_A_JWS("token-shape"),
    TOO_LONG("token-too-long");

    private final String code;

    NoCredential(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  /** A part is not canonical base64url (step 2). */
  record BadEncoding(Part part) implements Rejection {
    @Override
    public String code() {
      return part.word() + "-encoding";
    }
  }

  /** A part is not strict JSON within its limits (step 2). */
  record BadJson(Part part, Flaw flaw) implements Rejection {
    @Override
    public String code() {
      return part.word() + "-json-" + flaw.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A part is JSON and no object (step 2). */
  record NotAnObject(Part part) implements Rejection {
    @Override
    public String code() {
      return part.word() + "-not-object";
    }
  }

  /** The header is too long or holds what is not allowed (step 3). */
  enum BadHeader implements Rejection {
    TOO_LONG("header-too-long"),
    FORBIDDEN_MEMBER("header-forbidden"),
    ALG("alg-not-allowed"),
    KID("bad-kid"),
    TYP("typ-not-allowed");

    private final String code;

    BadHeader(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  /** The issuer is not one of ours, or not under this algorithm (steps 4 and 5). */
  enum BadIssuer implements Rejection {
    MISSING("no-issuer"),
    UNKNOWN("unknown-issuer"),
    ALG("alg-not-of-issuer");

    private final String code;

    BadIssuer(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }
  }

  /**
   * The issuer publishes no usable key for it (steps 6 and 7).
   *
   * @param settled false where a fetch failed or was suppressed
   */
  record UnknownKey(boolean settled) implements Rejection {
    @Override
    public String code() {
      return "unknown-key";
    }

    @Override
    public boolean passing() {
      return !settled;
    }
  }

  /** The token names no key and several would do (step 6). */
  record AmbiguousKey(int candidates) implements Rejection {
    @Override
    public String code() {
      return "ambiguous-key";
    }
  }

  /** No tried key made this signature (step 8). */
  record BadSignature() implements Rejection {
    @Override
    public String code() {
      return "bad-signature";
    }
  }

  /** A claim is missing that must be there (step 9). */
  record MissingClaim(Claim claim) implements Rejection {
    @Override
    public String code() {
      return "no-" + claim.word();
    }
  }

  /** A claim has a wrong type or is out of range: wrong is not absent (step 9). */
  record BadClaim(Claim claim) implements Rejection {
    @Override
    public String code() {
      return "bad-" + claim.word();
    }
  }

  /** The token is well-formed, and not for now or not for us (step 9). */
  enum NotAcceptable implements Rejection {
    EXPIRED("expired"),
    NOT_YET_VALID("not-yet-valid"),
    ISSUED_IN_FUTURE("issued-in-future"),
    LIFETIME("lifetime-too-long"),
    AUDIENCE("wrong-audience"),
    CLIENT("wrong-client"),
    KIND("wrong-token-kind"),
    REQUIREMENT("requirement-not-met"),
    UNPROVED_CONFIRMATION("unproved-confirmation"),
    NO_PRINCIPAL("no-principal");

    private final String code;

    NotAcceptable(String code) {
      this.code = code;
    }

    @Override
    public String code() {
      return code;
    }

    @Override
    public boolean passing() {
      return this == NOT_YET_VALID || this == ISSUED_IN_FUTURE;
    }
  }

  /** Revoked before its end (step 11). */
  record Revoked() implements Rejection {
    @Override
    public String code() {
      return "revoked";
    }
  }

  /** Verification itself broke: a bug, told apart so that an alarm can count it. */
  record Broken(String type) implements Rejection {
    @Override
    public String code() {
      return "verification-broke";
    }

    /** A bug may not show again, so no answer to it is worth caching. */
    @Override
    public boolean passing() {
      return true;
    }
  }
}
