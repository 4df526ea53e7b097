package dev.grantway.admin.transfer;

import dev.grantway.report.GrantFilter;
import dev.grantway.report.Trail;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is exported: a grant report, or a part of the audit trail as a table. */
public enum ExportKind {
  /** What every role may do on every route. */
  GRANTS,
  /** The same of everybody to whom roles are assigned. */
  PRINCIPALS,
  /** What every role may do, route by route. */
  ROUTES,
  REVISIONS,
  CHANGES,
  APPROVALS,
  ACTIVITY,
  REVIEWS;

  /** What operators and programs call it: {@code grants}. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<ExportKind> named(String text) {
    return Arrays.stream(values()).filter(it -> it.text().equals(text)).findFirst();
  }

  /** Which part of the trail it is; none where it is a grant report. */
  public Optional<Trail> trail() {
    return switch (this) {
      case GRANTS, PRINCIPALS, ROUTES -> Optional.empty();
      case REVISIONS -> Optional.of(Trail.REVISIONS);
      case CHANGES -> Optional.of(Trail.CHANGES);
      case APPROVALS -> Optional.of(Trail.APPROVALS);
      case ACTIVITY -> Optional.of(Trail.ACTIVITY);
      case REVIEWS -> Optional.of(Trail.REVIEWS);
    };
  }

  /** Of what a grant report has rows. */
  GrantFilter.By rowsBy() {
    return switch (this) {
      case PRINCIPALS -> GrantFilter.By.PRINCIPAL;
      case ROUTES -> GrantFilter.By.ROUTE;
      case GRANTS, REVISIONS, CHANGES, APPROVALS, ACTIVITY, REVIEWS -> GrantFilter.By.ROLE;
    };
  }

  /** Whether it can be written as that: trails are tables. */
  public boolean takes(ExportFormat format) {
    return trail().isEmpty() || format != ExportFormat.PDF && format != ExportFormat.PACK;
  }
}
