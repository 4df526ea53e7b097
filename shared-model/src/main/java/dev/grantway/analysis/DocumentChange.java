package dev.grantway.analysis;

import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A policy document that becomes another by changes.
 *
 * @param roles that a token holds, besides what they inherit and {@code authenticated}
 * @param api its name
 * @param route with its method, such as {@code GET /orders/{id}}; empty for a whole stage
 * @param cacheKey that instances of the stage report, or {@code token} where none did
 * @param reported whether any did
 * @param beforeOrNull null where there is no such API, stage or route without the changes
 * @param afterOrNull null where there is none with it
 */
public record DocumentChange(
    SortedSet<RoleName> roles,
    Origin origin,
    String api,
    String stage,
    String route,
    String cacheKey,
    boolean reported,
    @Nullable Emitted beforeOrNull,
    @Nullable Emitted afterOrNull) {

  /** Why somebody may hold these roles together. */
  public enum Origin {
    /** It is one role. */
    ROLE,
    /** Assignments give them to the same subject, client or group. */
    ASSIGNED,
    /** An instance of the authorizer saw a caller with them. */
    SEEN
  }

  public DocumentChange {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
  }

  public Optional<Emitted> before() {
    return Optional.ofNullable(beforeOrNull);
  }

  public Optional<Emitted> after() {
    return Optional.ofNullable(afterOrNull);
  }

  /**
   * What keeps the changes from being published, where it leaves out some of what is granted.
   *
   * @throws java.util.NoSuchElementException where there is no document after them
   */
  public Finding.Misfit misfit() {
    Emitted now = after().orElseThrow();
    return new Finding.Misfit(
        new Subject.OfRoles(roles, api, stage),
        route,
        cacheKey,
        now.fit() == Emitted.Fit.OVERSIZED,
        now.bytes(),
        now.lost());
  }

  /** What differs, a line for each effect and resource: {@code - } before, {@code + } after. */
  public List<String> difference() {
    Set<String> old = DocumentLines.of(before());
    Set<String> now = DocumentLines.of(after());
    var lines = new LinkedHashSet<String>();
    old.stream().filter(line -> !now.contains(line)).forEach(line -> lines.add("- " + line));
    now.stream().filter(line -> !old.contains(line)).forEach(line -> lines.add("+ " + line));
    return List.copyOf(lines);
  }
}
