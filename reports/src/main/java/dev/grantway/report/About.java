package dev.grantway.report;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a report is of, as formats that have a cover say it.
 *
 * @param filter what was asked for by name; empty: everything
 * @param at the instant at which permissions must not be over
 * @param memberships by which list members of groups are known; empty where that is not asked
 * @param by who exports
 * @param created when that began
 */
public record About(
    long revision,
    String revisionHash,
    Instant at,
    Map<String, String> filter,
    String memberships,
    String by,
    Instant created) {
  public About {
    filter = Collections.unmodifiableMap(new LinkedHashMap<>(filter));
  }

  /** Of what there are rows. */
  public GrantFilter.By rowsBy() {
    return GrantFilter.rowsBy(filter);
  }
}
