package dev.grantway.admin.transfer;

import dev.grantway.report.GrantFilter;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * An export that can begin: of a revision that never changes, or of the trail until it is written.
 *
 * @param revision that a report is of; of a trail the live one when it was asked for
 * @param members by which membership list members of groups are known; empty where roles are asked
 *     about
 * @param listed when that list was imported; none where there is none
 * @param at the instant at which permissions must not be over
 * @param rows how many there are, once they were counted
 */
public record ExportOrder(
    ExportKind kind,
    ExportFormat format,
    GrantFilter filter,
    long revision,
    String members,
    Optional<Instant> listed,
    Instant at,
    OptionalLong rows) {

  ExportOrder counted(long number) {
    return new ExportOrder(
        kind, format, filter, revision, members, listed, at, OptionalLong.of(number));
  }

  private String begins() {
    return format == ExportFormat.PACK ? "evidence-" : kind().text() + "-";
  }

  /** The name of its file: {@code grants-orders-prod-r12.csv}, {@code activity-r12.csv}. */
  public String file() {
    if (kind.trail().isPresent()) {
      return kind.text() + "-r" + revision + "." + format.ends();
    }
    String api = filter.api().isEmpty() ? "all" : filter.api();
    String stage = filter.stage().isEmpty() ? "" : "-" + filter.stage();
    return begins()
        + (api + stage).replaceAll("[^A-Za-z0-9._-]", "_")
        + "-r"
        + revision
        + "."
        + format.ends();
  }
}
