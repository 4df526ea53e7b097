package dev.grantway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.revision.Sha256;
import dev.grantway.store.MembershipList;
import dev.grantway.store.Memberships;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The membership list that was imported last.
 *
 * @param atOrNull when; null where none was
 * @param listOrNull null also where it is there and cannot be read, which an import mends
 */
public record LastList(@Nullable Instant atOrNull, @Nullable MembershipList listOrNull) {
  public static final LastList NONE = new LastList(null, null);

  /**
   * The last of these.
   *
   * @throws StoreException where they cannot be asked
   */
  public static LastList of(Memberships lists) {
    Optional<Instant> at = lists.newest();
    if (at.isEmpty()) {
      return NONE;
    }
    try {
      return lists.list().map(it -> new LastList(it.at(), it)).orElse(NONE);
    } catch (StoreException.Damaged damaged) {
      return new LastList(at.get(), null);
    }
  }

  boolean isDamaged() {
    return atOrNull != null && listOrNull == null;
  }

  /**
   * By what the last list is known: a hash, as {@code If-Match} has it.
   *
   * @param atOrNull when it was imported; null for none
   */
  public static String state(@Nullable Instant atOrNull) {
    return Sha256.hex(("list of " + (atOrNull == null ? "nobody" : atOrNull)).getBytes(UTF_8));
  }
}
