package dev.grantway.sandbox.issuer;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Supplier;

/**
 * The keys that the issuer publishes, one of which signs. A rotation lets the next one sign that
 * was published before; the ones before it stay published, for the tokens that they signed.
 */
final class SigningKeys {
  private final Supplier<RSAKey> maker;
  private final Queue<RSAKey> made = new ArrayDeque<>();
  private final List<RSAKey> published = new ArrayList<>();
  private int signing;
  private long reads;

  /**
   * Keys of which one is published and signs.
   *
   * @param maker of those that come after it
   */
  SigningKeys(RSAKey first, Supplier<RSAKey> maker) {
    this.maker = maker;
    published.add(first);
  }

  /** The one that signs. */
  synchronized RSAKey current() {
    return published.get(signing);
  }

  /** All that are published, for whoever verifies. */
  synchronized JWKSet asked() {
    reads++;
    return new JWKSet(List.copyOf(published));
  }

  /** How often somebody asked for the set. */
  synchronized long reads() {
    return reads;
  }

  /** Makes keys that nobody hears of yet: that takes a while, which a rotation then does not. */
  void prepare(int count) {
    for (int i = 0; i < count; i++) {
      RSAKey key = maker.get();
      synchronized (this) {
        made.add(key);
      }
    }
  }

  /** Publishes keys that do not sign yet. */
  void publishAhead(int count) {
    for (int i = 0; i < count; i++) {
      RSAKey next = take();
      synchronized (this) {
        published.add(next);
      }
    }
  }

  /** Lets the next published key sign, and publishes one more behind those that wait. */
  void rotate() {
    publishAhead(1);
    synchronized (this) {
      signing++;
    }
  }

  private RSAKey take() {
    synchronized (this) {
      RSAKey next = made.poll();
      if (next != null) {
        return next;
      }
    }
    return maker.get();
  }
}
