package dev.grantway.admin.transfer;

/**
 * An export as it is asked for; what is empty narrows nothing. A trail is exported whole, and takes
 * nothing that narrows.
 *
 * @param kind {@code grants} by role, {@code principals}, or a part of the trail: {@code
 *     revisions}, {@code changes}, {@code approvals}, {@code activity} or {@code reviews}
 * @param format {@code csv}, {@code xlsx}, {@code jsonl}, {@code pdf} or {@code pack}
 * @param api the name or id of an API
 * @param roles names with commas between
 * @param route a pattern such as {@code GET /orders/**}
 * @param asOf the number of a revision or an instant; empty: what is live
 */
public record ExportInput(
    String kind, String format, String api, String stage, String roles, String route, String asOf) {

  /** Where a problem is. */
  public enum Field {
    KIND,
    FORMAT,
    API,
    STAGE,
    ROLES,
    ROUTE,
    AS_OF
  }
}
