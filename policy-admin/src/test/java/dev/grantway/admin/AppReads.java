package dev.grantway.admin;

import dev.grantway.store.PolicyRepository;

/** The table as the app reads it, for benchmarks of other rooms. */
public final class AppReads {
  private AppReads() {}

  /** With what the app keeps of revisions, and nothing kept yet. */
  public static PolicyRepository of(PolicyRepository table) {
    return new ReadOnce(table);
  }
}
