package dev.grantway.decision;

import dev.grantway.policy.PermissionId;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What was decided, and by which permissions (SEM-09). */
public sealed interface Decision {

  /** The permissions that determined the decision, sorted. */
  SortedSet<PermissionId> by();

  /** A short stable code. */
  Reason reason();

  default boolean isAllowed() {
    return this instanceof Allowed;
  }

  /** Allowed by at least one permission. */
  record Allowed(SortedSet<PermissionId> by) implements Decision {
    public Allowed {
      by = Collections.unmodifiableSortedSet(new TreeSet<>(by));
      if (by.isEmpty()) {
        throw new IllegalArgumentException("allowed by no permission");
      }
    }

    @Override
    public Reason reason() {
      return Reason.ALLOWED;
    }
  }

  /** Denied, by some permission if and only if it is an explicit deny. */
  record Denied(SortedSet<PermissionId> by, Reason reason) implements Decision {
    public Denied {
      by = Collections.unmodifiableSortedSet(new TreeSet<>(by));
      if (reason == Reason.ALLOWED || by.isEmpty() == (reason == Reason.EXPLICIT_DENY)) {
        throw new IllegalArgumentException("denied for `" + reason + "` by " + by);
      }
    }

    static Denied because(Reason reason) {
      return new Denied(new TreeSet<>(), reason);
    }
  }

  /** Why, as CONTRACT spells it. */
  enum Reason {
    ALLOWED("allowed"),
    EXPLICIT_DENY("explicit-deny"),
    UNKNOWN_ROUTE("unknown-route"),
    UNKNOWN_API("unknown-api"),
    DEFAULT_DENY("default-deny");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    public String code() {
      return code;
    }
  }
}
