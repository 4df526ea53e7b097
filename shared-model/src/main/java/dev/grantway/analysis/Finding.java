package dev.grantway.analysis;

import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What analysis says about policy data: a stable code, how much it asks for, what it is about, the
 * facts, and the next step. {@code docs/findings.md} explains each code.
 */
public sealed interface Finding {

  FindingCode code();

  Severity severity();

  Subject about();

  /** The facts as a sentence: lower case, what people typed in backticks, no full stop. */
  default String message() {
    return Wording.message(this);
  }

  /** What to do about it, likewise. */
  default String next() {
    return Wording.next(this);
  }

  /** True if that waiver is for this finding: by its code, or by code and subject. */
  default boolean isNamed(String waived) {
    return waived.equals(code().text()) || waived.equals(code().text() + " " + about().text());
  }

  private static SortedSet<PermissionId> sorted(Collection<PermissionId> ids) {
    return Collections.unmodifiableSortedSet(new TreeSet<>(ids));
  }

  /** A finding about one permission. */
  sealed interface OfPermission extends Finding {
    PermissionId permission();

    @Override
    default Subject about() {
      return new Subject.OfPermission(permission());
    }

    @Override
    default Severity severity() {
      return Severity.WARNING;
    }
  }

  /**
   * The permission covers no request that a route of the table receives on a stage of the API.
   *
   * @param nearOrNull a route whose text it would match, were a variable of it not a literal there
   * @param methods those that the routes have which its pattern covers, but it has not
   * @param stageOrNull the stage that the API does not have
   */
  record Unreachable(
      PermissionId permission,
      ResourcePattern resource,
      @Nullable String nearOrNull,
      SortedSet<Action> methods,
      @Nullable String stageOrNull)
      implements OfPermission {
    public Unreachable {
      methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
    }

    @Override
    public FindingCode code() {
      return FindingCode.UNREACHABLE;
    }

    public Optional<String> near() {
      return Optional.ofNullable(nearOrNull);
    }

    public Optional<String> stage() {
      return Optional.ofNullable(stageOrNull);
    }
  }

  /** The permission's validity is over. */
  record Expired(PermissionId permission, Instant until) implements OfPermission {
    @Override
    public FindingCode code() {
      return FindingCode.EXPIRED;
    }
  }

  /**
   * An ALLOW that DENYs of its role, or of roles that it inherits, override wherever it applies.
   *
   * @param by those DENYs
   */
  record Contradictory(PermissionId permission, SortedSet<PermissionId> by)
      implements OfPermission {
    public Contradictory {
      by = sorted(by);
    }

    @Override
    public FindingCode code() {
      return FindingCode.CONTRADICTORY;
    }
  }

  /**
   * An ALLOW that never decides: wherever it applies, DENYs override it that every principal has,
   * some of them by the built-in role {@code authenticated}.
   *
   * @param by those DENYs
   */
  record Shadowed(PermissionId permission, SortedSet<PermissionId> by) implements OfPermission {
    public Shadowed {
      by = sorted(by);
    }

    @Override
    public FindingCode code() {
      return FindingCode.SHADOWED;
    }
  }

  /**
   * Removing the permission changes no decision, whoever asks for what; nor does removing all that
   * are found redundant at once.
   *
   * @param by permissions that apply wherever it does; empty where it denies what nothing allows
   */
  record Redundant(PermissionId permission, SortedSet<PermissionId> by) implements OfPermission {
    public Redundant {
      by = sorted(by);
    }

    @Override
    public FindingCode code() {
      return FindingCode.REDUNDANT;
    }

    /** A DENY of what nothing allows may well be meant, against ALLOWs to come. */
    @Override
    public Severity severity() {
      return by.isEmpty() ? Severity.NOTE : Severity.WARNING;
    }
  }

  /** A permission that decides a part of a route only, where a simple answer has to be no. */
  record SimpleNotExact(PermissionId permission, SortedSet<String> routes) implements OfPermission {
    public SimpleNotExact {
      routes = Collections.unmodifiableSortedSet(new TreeSet<>(routes));
    }

    @Override
    public FindingCode code() {
      return FindingCode.SIMPLE_NOT_EXACT;
    }

    /** API Gateway is handed a policy document unless simple answers are asked for. */
    @Override
    public Severity severity() {
      return Severity.NOTE;
    }
  }

  /**
   * One permission gives the same access over the route table as several of a role do.
   *
   * @param permissions those it would stand for
   * @param opensLater whether it would also cover routes that are added later
   */
  record Compact(
      RoleName role,
      SortedSet<PermissionId> permissions,
      Effect effect,
      SortedSet<Action> methods,
      ResourcePattern resource,
      boolean opensLater)
      implements Finding {
    public Compact {
      permissions = sorted(permissions);
      methods = Collections.unmodifiableSortedSet(new TreeSet<>(methods));
    }

    @Override
    public FindingCode code() {
      return FindingCode.COMPACT;
    }

    @Override
    public Severity severity() {
      return Severity.NOTE;
    }

    @Override
    public Subject about() {
      return new Subject.OfPermission(permissions.first());
    }
  }

  /** The permissions of an API cut its routes into more parts than are compared. */
  record NotCompared(String api, int limit) implements Finding {
    @Override
    public FindingCode code() {
      return FindingCode.NOT_COMPARED;
    }

    @Override
    public Severity severity() {
      return Severity.WARNING;
    }

    @Override
    public Subject about() {
      return new Subject.OfApi(api);
    }
  }

  /** A finding about the documents of a role on a stage. */
  sealed interface OfDocument extends Finding {
    @Override
    Subject.OfRole about();
  }

  /**
   * What a list of the granted routes with {@code *} for each variable would have opened.
   *
   * @param routes that it would have opened at least in part, none of them granted
   * @param example a request that it would have allowed
   */
  record BleedAvoided(Subject.OfRole about, Set<String> routes, String example)
      implements OfDocument {
    public BleedAvoided {
      routes = Collections.unmodifiableSortedSet(new TreeSet<>(routes));
    }

    @Override
    public FindingCode code() {
      return FindingCode.BLEED_AVOIDED;
    }

    @Override
    public Severity severity() {
      return Severity.NOTE;
    }
  }

  /**
   * No exact document exists under a cache key (COMP-03).
   *
   * @param key the cache key: {@code token} or {@code token+route}
   * @param conflicts as the compiler names them; never empty
   * @param lost what is granted and refused all the same, as the compiler names it
   */
  record NotRepresentable(
      Subject.OfRole about,
      String key,
      List<Conflict> conflicts,
      List<String> lost,
      Severity severity)
      implements OfDocument {
    public NotRepresentable {
      conflicts = List.copyOf(conflicts);
      lost = List.copyOf(lost);
    }

    @Override
    public FindingCode code() {
      return FindingCode.NOT_REPRESENTABLE;
    }
  }

  /**
   * The exact document is bigger than the budget (COMP-03).
   *
   * @param bytes at least so many
   * @param lost the routes that are granted and refused all the same
   */
  record Oversized(
      Subject.OfRole about, String key, int bytes, int limit, List<String> lost, Severity severity)
      implements OfDocument {
    public Oversized {
      lost = List.copyOf(lost);
    }

    @Override
    public FindingCode code() {
      return FindingCode.OVERSIZED;
    }
  }

  /**
   * A document that changes make leave out some of what is granted, or more than before (COMP-03).
   *
   * @param about who holds these roles, on that stage
   * @param route with its method; empty for the one document of a stage
   * @param key the cache key that instances report
   * @param bytes of the exact document where there is one
   * @param lost what is granted and refused all the same; {@code *} for everything
   */
  record Misfit(
      Subject.OfRoles about,
      String route,
      String key,
      boolean oversized,
      int bytes,
      List<String> lost)
      implements Finding {
    public Misfit {
      lost = List.copyOf(lost);
    }

    @Override
    public FindingCode code() {
      return oversized ? FindingCode.OVERSIZED : FindingCode.NOT_REPRESENTABLE;
    }

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    /** Also by the roles on all stages of the API: {@code CODE clerk+finance@orders/*}. */
    @Override
    public boolean isNamed(String waived) {
      return Finding.super.isNamed(waived)
          || waived.equals(code().text() + " " + about.held() + "@" + about.api() + "/*");
    }
  }

  /**
   * The document allows a path that no route of the table serves (COMP-01).
   *
   * @param witness the shortest found, with its method
   */
  record OpenBeyondTable(Subject.OfRole about, String key, String witness, Severity severity)
      implements OfDocument {
    @Override
    public FindingCode code() {
      return FindingCode.OPEN_BEYOND_TABLE;
    }
  }

  /**
   * An invariant does not hold for some principals, or is not proved to.
   *
   * @param roles that they hold besides {@code authenticated}; the least for which it is so
   * @param who they are, as people read it
   * @param requests that show it, with method and path
   * @param when it is so: claims, context and time; empty where none of them matters
   * @param by the permissions that determine it
   */
  record BrokenInvariant(
      String invariant,
      Why why,
      SortedSet<RoleName> roles,
      String who,
      List<String> requests,
      String when,
      SortedSet<PermissionId> by)
      implements Finding {

    /** In which way. */
    public enum Why {
      /** Both requests may be made. */
      BOTH,
      /** A request may be made that never should. */
      ALLOWED,
      /** A request may not be made that always should. */
      REFUSED,
      /** No route serves what always should be possible. */
      UNSERVED,
      /** There are too many cases to look at; it may hold or not. */
      NOT_PROVED
    }

    public BrokenInvariant {
      roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
      requests = List.copyOf(requests);
      by = sorted(by);
    }

    @Override
    public FindingCode code() {
      return FindingCode.BROKEN_INVARIANT;
    }

    @Override
    public Severity severity() {
      return Severity.ERROR;
    }

    @Override
    public Subject about() {
      return new Subject.OfInvariant(invariant);
    }
  }
}
