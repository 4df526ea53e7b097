package dev.grantway.admin.transfer;

/**
 * An export of the grant report as it is asked for; what is empty narrows nothing.
 *
 * @param kind {@code grants} by role, or {@code principals}
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
