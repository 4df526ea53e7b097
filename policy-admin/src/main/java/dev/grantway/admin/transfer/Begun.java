package dev.grantway.admin.transfer;

import dev.grantway.admin.changes.Objection;

/** Whether an export began. */
public sealed interface Begun {

  /** It is under way. */
  record Started(ExportJob job) implements Begun {}

  /** It is not, and nothing was recorded. */
  record Refused(Objection why) implements Begun {}
}
