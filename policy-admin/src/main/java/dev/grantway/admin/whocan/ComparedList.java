package dev.grantway.admin.whocan;

import dev.grantway.imports.NewList;
import dev.grantway.imports.Telling;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A membership list that a file holds, compared with the last one; nothing is taken yet.
 *
 * @param listOrNull null where the file has errors
 * @param sha256 of the file
 */
public record ComparedList(@Nullable NewList listOrNull, Telling telling, String sha256) {

  /** What may be taken, unchanged or not; none where the file has errors. */
  public Optional<NewList> list() {
    return Optional.ofNullable(listOrNull);
  }
}
