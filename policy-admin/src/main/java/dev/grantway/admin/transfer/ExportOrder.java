package dev.grantway.admin.transfer;

import dev.grantway.report.GrantFilter;
import java.time.Instant;
import java.util.OptionalLong;

/**
 * An export that can begin, of a revision that never changes.
 *
 * @param at the instant at which permissions must not be over
 * @param rows how many there are, once they were counted
 */
public record ExportOrder(
    ExportFormat format, GrantFilter filter, long revision, Instant at, OptionalLong rows) {

  ExportOrder counted(long number) {
    return new ExportOrder(format, filter, revision, at, OptionalLong.of(number));
  }

  /** The name of its file: {@code grants-orders-prod-r12.csv}. */
  public String file() {
    String api = filter.api().isEmpty() ? "all" : filter.api();
    String stage = filter.stage().isEmpty() ? "" : "-" + filter.stage();
    return format.begins()
        + (api + stage).replaceAll("[^A-Za-z0-9._-]", "_")
        + "-r"
        + revision
        + "."
        + format.ends();
  }
}
