package dev.grantway.authorizer.freshness;

import dev.grantway.store.Revocation;
import dev.grantway.store.Revocation.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The revocations up to an epoch (TOKENS, revocation).
 *
 * @param epoch of the last entry taken in
 */
public record Revocations(long epoch, Map<Target, Revocation> live) {
  static final Revocations NONE = new Revocations(0, Map.of());

  /** What is revoked: a token id, subject, client or session of an issuer. */
  public record Target(Kind kind, String issuer, String value) {}

  public Revocations {
    live = Map.copyOf(live);
  }

  /** With later entries, oldest first; those taken in before change nothing. */
  Revocations with(List<Revocation> entries, long upTo) {
    Map<Target, Revocation> next = new HashMap<>(live);
    long last = Math.max(epoch, upTo);
    for (var entry : entries) {
      var target = new Target(entry.kind(), entry.issuer(), entry.value());
      if (entry.epoch() > epoch && entry.added()) {
        next.merge(target, entry, Revocations::both);
      } else if (entry.epoch() > epoch) {
        next.remove(target);
      }
      last = Math.max(last, entry.epoch());
    }
    return new Revocations(last, next);
  }

  /** A second one never gives back what the first refuses: only lifting does. */
  private static Revocation both(Revocation one, Revocation other) {
    return new Revocation(
        other.epoch(),
        true,
        other.kind(),
        other.issuer(),
        other.value(),
        later(one.issuedBefore(), other.issuedBefore()),
        later(one.until(), other.until()),
        other.by(),
        other.at(),
        other.reason());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Whether something of that value, issued then, is refused now. */
  public boolean covers(
      Kind kind, String issuer, Optional<String> value, Instant issuedAt, Instant now) {
    return value
        .map(text -> live.get(new Target(kind, issuer, text)))
        .filter(entry -> now.isBefore(entry.until()))
        .filter(entry -> kind != Kind.SUBJECT || issuedAt.isBefore(entry.issuedBefore()))
        .isPresent();
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return live.size() + " revocations at epoch " + epoch;
  }
}
