package dev.grantway.admin.transfer;

import dev.grantway.report.GrantFilter;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is exported. */
public enum ExportKind {
  /** What every role may do on every route. */
  GRANTS,
  /** The same of everybody to whom roles are assigned. */
  PRINCIPALS;

  /** What operators and programs call it: {@code grants}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ExportKind> named(String text) {
    return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
  }

  /** Of what a grant report has rows. */
  GrantFilter.By rowsBy() {
    return this == PRINCIPALS ? GrantFilter.By.PRINCIPAL : GrantFilter.By.ROLE;
  }
}
