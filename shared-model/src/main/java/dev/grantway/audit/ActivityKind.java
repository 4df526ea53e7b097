package dev.grantway.audit;

import java.util.Arrays;
import java.util.Locale;

/**
 * What kind of thing was done. Stored by its {@link #code}: a constant may be added, never renamed.
 */
public enum ActivityKind {
  /** Somebody signed in. */
  SIGN_IN,
  /** Somebody tried to sign in and could not. */
  SIGN_IN_FAILED,
  SIGN_OUT,
  /** An operator asked for something that none of their operator rights allows. */
  REFUSED,
  DRAFT_DISCARDED,
  DRAFT_REJECTED,
  APPROVED,
  APPROVAL_WITHDRAWN,
  /** Published without the approvals that the rule asks for, with a reason. */
  BREAK_GLASS,
  /** A publish is about to be tried; what became of it follows. */
  PUBLISH_BEGUN,
  PUBLISHED,
  /** A publish came to nothing: refused, overtaken by another, or its outcome is not known. */
  PUBLISH_REFUSED,
  /** A publish was given a time at which it is tried. */
  PUBLISH_SCHEDULED,
  /** An earlier revision's content is about to be published again. */
  ROLL_BACK,
  /** A token, subject, client or session is refused from now on, or no longer. */
  REVOCATION,
  /** The gateway's caches were asked to forget their answers. */
  FLUSH,
  /** Every answer follows a revision: when, and whether caches were flushed or expired. */
  IN_FORCE,
  EXPORT,
  IMPORT,
  SIMULATION,
  /** An access review is about to be created. */
  REVIEW_CREATED,
  /** Lines of an access review are about to be answered, or answers to be taken back. */
  REVIEW_ANSWERED,
  /** An access review is about to be closed: nothing is answered any more. */
  REVIEW_CLOSING,
  /** The close-out report of an access review is whole, and this is its hash. */
  REVIEW_CLOSED,
  /** A setting beside the policy data was changed. */
  SETTINGS,
  /** The table was found to lack what was there before. */
  RESTORE_NOTICED,
  /**
   * A stage was connected to a deployed API, or is no longer; a state of it was taken for right.
   */
  WIRING,
  /** A deployed API is no longer as it was taken for right, or is so again. */
  WIRING_DRIFT,
  /** What only revisions before this one show is about to be removed. */
  RETENTION;

  /** Its name in records: lower case, with hyphens. */
  public String code() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static ActivityKind of(String code) {
    return Arrays.stream(values())
        .filter(kind -> kind.code().equals(code))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("activity `" + code + "` is not known"));
  }
}
