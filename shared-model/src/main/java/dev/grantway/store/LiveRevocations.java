package dev.grantway.store;

import dev.grantway.store.Revocation.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the log of revocations refuses as of an epoch (TOKENS, revocation).
 *
 * @param epoch of the last entry taken in
 */
public record LiveRevocations(long epoch, Map<Target, Revocation> live) {
  public static final LiveRevocations NONE = new LiveRevocations(0, Map.of());

  /** What is revoked: a token id, subject, client or session of an issuer. */
  public record Target(Kind kind, String issuer, String value) {}

  public LiveRevocations {
    live = Map.copyOf(live);
  }

  /** With later entries, oldest first; those taken in before change nothing. */
  public LiveRevocations with(List<Revocation> entries, long upTo) {
    Map<Target, Revocation> next = new HashMap<>(live);
    long last = Math.max(epoch, upTo);
    for (var entry : entries) {
      var target = new Target(entry.kind(), entry.issuer(), entry.value());
      if (entry.epoch() > epoch && entry.added()) {
        next.merge(target, entry, LiveRevocations::both);
      } else if (entry.epoch() > epoch) {
        next.remove(target);
      }
      last = Math.max(last, entry.epoch());
    }
    return new LiveRevocations(last, next);
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

  /**
   * What may be refused of a token.
   *
   * @param issuer the alias of its issuer
   * @param id the {@code jti}
   */
  public record Token(
      String issuer,
      Optional<String> id,
      Optional<String> subject,
      Optional<String> client,
      Optional<String> session,
      Instant issuedAt) {}

  /** Whether a token is refused now: by its id, subject, client or session, never by its text. */
  public boolean refuse(Token token, Instant now) {
    return refuse(Kind.TOKEN_ID, token, token.id(), now)
        || refuse(Kind.SUBJECT, token, token.subject(), now)
        || refuse(Kind.CLIENT, token, token.client(), now)
        || refuse(Kind.SESSION, token, token.session(), now);
  }

  private boolean refuse(Kind kind, Token token, Optional<String> value, Instant now) {
    return value
        .map(text -> live.get(new Target(kind, token.issuer(), text)))
        .filter(entry -> now.isBefore(entry.until()))
        .filter(entry -> kind != Kind.SUBJECT || token.issuedAt().isBefore(entry.issuedBefore()))
        .isPresent();
  }

  /** Shows no value. */
  @Override
  public String toString() {
    return live.size() + " revocations at epoch " + epoch;
  }
}
