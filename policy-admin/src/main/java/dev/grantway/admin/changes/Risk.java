package dev.grantway.admin.changes;

import dev.grantway.admin.common.Sentence;
import dev.grantway.analysis.Finding;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Route;
import java.util.List;

/**
 * Something in the effect of a draft that deserves a second look.
 *
 * @param about whom and what, as in {@code orders POST /orders/{id}/refunds}
 */
public record Risk(Kind kind, Sentence about) implements Comparable<Risk> {

  /** What makes it one, the worst first. */
  public enum Kind {
    /** Whoever is signed in at all may call something that they might not. */
    EVERYONE,
    /** A role may call a route that is tagged {@code pii}, {@code admin} or {@code money}. */
    TAGGED,
    /** An ALLOW reaches everything below a path, and did not. */
    WILDCARD,
    /** No role may call a route any more that one could call. */
    NOBODY,
    /** A role, API or permission comes again under a name that tokens or others may still hold. */
    AGAIN,
    /** A document cannot say exactly what is granted any more; the rest would be refused. */
    NOT_REPRESENTABLE,
    /** A document is over its budget, and was not; what does not fit would be refused. */
    OVERSIZED
  }

  private static final List<String> TAGS = List.of("admin", "money", "pii");

  /** Which of {@code admin}, {@code money} and {@code pii} a route is tagged with. */
  public static List<String> tags(Route route) {
    return TAGS.stream().filter(route::hasTag).toList();
  }

  /** Whether a permission allows everything below a path. */
  public static boolean reachesBelow(Permission permission) {
    return permission.effect() == dev.grantway.policy.Effect.ALLOW
        && permission.resource().toString().endsWith("**");
  }

  /** That of a document that leaves out some of what is granted. */
  static Risk of(Finding.Misfit it) {
    Kind kind = it.oversized() ? Kind.OVERSIZED : Kind.NOT_REPRESENTABLE;
    return new Risk(
        kind,
        Sentence.of(
            "risk." + kind, it.about().held(), it.about().api() + "/" + it.about().stage()));
  }

  @Override
  public int compareTo(Risk other) {
    return kind.compareTo(other.kind);
  }
}
