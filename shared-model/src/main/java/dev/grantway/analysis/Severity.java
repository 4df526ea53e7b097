package dev.grantway.analysis;

import java.util.Locale;

/** How much a finding asks for. */
public enum Severity {
  /** The policy cannot be enforced as it says. */
  ERROR,
  /** Something is most likely not meant. */
  WARNING,
  /** Good to know; nothing has to be done. */
  NOTE;

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
