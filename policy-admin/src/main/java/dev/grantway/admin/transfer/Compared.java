package dev.grantway.admin.transfer;

import dev.grantway.imports.DryRun;
import dev.grantway.imports.Telling;

/**
 * What an import would do to a draft; nothing is in it yet.
 *
 * @param revision that the draft stands on
 */
public record Compared(ImportInput input, DryRun run, Telling telling, long revision) {

  /** True where there is something to add and nothing against it. */
  public boolean canBeAdded() {
    return !run.isRefused() && telling.objections().isEmpty() && !run.changes().isEmpty();
  }
}
