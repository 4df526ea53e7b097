package dev.grantway.store;

import java.time.Instant;
import java.util.Set;

/**
 * Somebody who uses the admin app, as they last signed in.
 *
 * @param name unique; what drafts and revisions know them by
 * @param rights the names of their operator rights, as tokens carry them
 */
public record KnownOperator(String name, String fullName, Set<String> rights, Instant at) {
  public KnownOperator {
    rights = Set.copyOf(rights);
  }
}
