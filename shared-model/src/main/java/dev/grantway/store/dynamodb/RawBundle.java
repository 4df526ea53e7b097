package dev.grantway.store.dynamodb;

import dev.grantway.revision.CanonicalJson;
import dev.grantway.revision.JsonObject;
import dev.grantway.store.BundleKey;
import dev.grantway.store.StoreException;
import java.util.function.Function;

/** A bundle that is complete and matches its digest, not yet read. */
record RawBundle(BundleKey key, long from, byte[] body) {

  /** Reads the body; one that no release wrote is as good as torn. */
  <T> T as(Function<JsonObject, T> read) {
    try {
      return CanonicalJson.read(body).as(read);
    } catch (RuntimeException e) {
      throw new StoreException.Torn(key, "cannot be read: " + e.getMessage());
    }
  }
}
