package dev.grantway.authorizer.keys;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import dev.grantway.authorizer.json.MalformedJsonException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The usable keys of one issuer, each read on its own, and why the others were skipped.
 *
 * @param keys usable keys in the order published
 * @param skipped each unusable member
 */
public record KeySet(List<VerificationKey> keys, List<SkippedKey> skipped) {
  private static final int MOST_TRIED = 3;

  public KeySet {
    keys = List.copyOf(keys);
    skipped = List.copyOf(skipped);
  }

  /** Reads {@code {"keys":[…]}}; empty where the text is no such object. */
  public static Optional<KeySet> read(byte[] body) {
    try {
      return read(JsonReader.read(body, JsonLimits.KEY_SET));
    } catch (MalformedJsonException e) {
      return Optional.empty();
    }
  }

  /** The same from a value already read. */
  public static Optional<KeySet> read(Json body) {
    if (!(body instanceof Json.Obj set && set.get("keys").orElse(null) instanceof Json.Arr list)) {
      return Optional.empty();
    }
    List<VerificationKey> keys = new ArrayList<>();
    List<SkippedKey> skipped = new ArrayList<>();
    for (int i = 0; i < list.items().size(); i++) {
      try {
        keys.add(KeyReader.read(list.items().get(i)));
      } catch (UnusableKeyException e) {
        skipped.add(new SkippedKey(i, String.valueOf(e.getMessage())));
      }
    }
    return Optional.of(new KeySet(keys, skipped));
  }

  /** Whether nothing was published at all: such a set never replaces a good one. */
  public boolean empty() {
    return keys.isEmpty() && skipped.isEmpty();
  }

  /** The keys to try, at most three; a token without {@code kid} needs exactly one usable key. */
  KeyLookup find(Optional<String> id, Algorithm algorithm) {
    List<VerificationKey> found = new ArrayList<>(MOST_TRIED);
    for (var key : keys) {
      if (key.usableFor(algorithm) && (id.isEmpty() || key.id().equals(id))) {
        found.add(key);
      }
    }
    if (found.isEmpty()) {
      return new KeyLookup.Missing(true);
    }
    return id.isEmpty() && found.size() > 1
        ? new KeyLookup.Ambiguous(found.size())
        : new KeyLookup.Found(found.subList(0, Math.min(MOST_TRIED, found.size())));
  }
}
