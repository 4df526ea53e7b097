package dev.grantway.revision;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.Comparator;

/**
 * What identifies one row of policy data. Keys are ordered by their text, which is printable ASCII
 * and also their place in the change packs of the log.
 */
public sealed interface RowKey extends Comparable<RowKey> {
  Comparator<RowKey> ORDER = Comparator.comparing(RowKey::text);

  /** A permission; moving it to another role or API is a removal and an addition. */
  record OfPermission(RoleName role, ApiId api, PermissionId id) implements RowKey {
    /** The order of texts, without making any: {@code #} sorts before whatever names may hold. */
    static final Comparator<OfPermission> PARTS =
        Comparator.comparing(OfPermission::role)
            .thenComparing(OfPermission::api)
            .thenComparing(OfPermission::id);

    @Override
    public String text() {
      return "C#" + role + "#" + api + "#" + id;
    }
  }

  /** A role, by its name, which tokens carry. */
  record OfRole(RoleName name) implements RowKey {
    @Override
    public String text() {
      return "D#role#" + name;
    }
  }

  /** An API, by its id, which ARNs carry. */
  record OfApi(ApiId id) implements RowKey {
    @Override
    public String text() {
      return "D#api#" + id;
    }
  }

  /** A role given to somebody; its end date is no part of the key. */
  record OfAssignment(String issuer, Assignment.Kind kind, String value, RoleName role)
      implements RowKey {
    @Override
    public String text() {
      return "D#assignment#" + issuer + "#" + kind + "#" + KeyText.escape(value) + "#" + role;
    }
  }

  /**
   * A rule: an invariant, a test, an approval rule, a waiver, an operator's limit, or the
   * retention.
   */
  record OfRule(RuleKind kind, String name) implements RowKey {
    @Override
    public String text() {
      return "D#rule#" + kind + "#" + KeyText.escape(name);
    }
  }

  /** As it stands in sort keys: printable ASCII, at most 700 characters. */
  String text();

  @Override
  default int compareTo(RowKey other) {
    return this instanceof OfPermission mine && other instanceof OfPermission theirs
        ? OfPermission.PARTS.compare(mine, theirs)
        : ORDER.compare(this, other);
  }
}
