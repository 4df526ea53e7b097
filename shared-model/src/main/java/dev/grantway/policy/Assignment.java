package dev.grantway.policy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A role given in our own table to a subject, a client or an issuer's group (SEM-08), perhaps until
 * a date.
 *
 * @param issuer the alias of the issuer
 */
public record Assignment(
    RoleName role, String issuer, Kind kind, String value, @Nullable Instant untilOrNull) {

  /** Whom the role is given to. */
  public enum Kind {
    SUBJECT,
    CLIENT,
    GROUP
  }

  public Assignment {
    Names.check("issuer alias", issuer, 64, "._-");
    boolean clean =
        !value.isEmpty()
            && value.length() <= 256
            && value.chars().noneMatch(Character::isISOControl);
    if (!clean) {
      throw new IllegalArgumentException(
          "an assignment needs a value of 1 to 256 characters without control characters");
    }
    if (untilOrNull != null && untilOrNull.getNano() != 0) {
      throw new IllegalArgumentException("instant " + untilOrNull + " needs whole seconds");
    }
  }

  /** Whom roles are given to: a subject, a client or a group of an issuer. */
  public record Holder(String issuer, Kind kind, String value) {}

  /** Whom the role is given to. */
  public Holder holder() {
    return new Holder(issuer, kind, value);
  }

  /** What each holder is given by assignments that are live at that time. */
  public static Map<Holder, SortedSet<RoleName>> byHolder(
      Collection<Assignment> assignments, Instant now) {
    var byHolder = new LinkedHashMap<Holder, SortedSet<RoleName>>();
    for (Assignment it : assignments) {
      if (it.isLiveAt(now)) {
        byHolder.computeIfAbsent(it.holder(), holder -> new TreeSet<>()).add(it.role);
      }
    }
    return byHolder;
  }

  public Optional<Instant> until() {
    return Optional.ofNullable(untilOrNull);
  }

  public boolean isLiveAt(Instant now) {
    return untilOrNull == null || now.truncatedTo(ChronoUnit.SECONDS).isBefore(untilOrNull);
  }
}
