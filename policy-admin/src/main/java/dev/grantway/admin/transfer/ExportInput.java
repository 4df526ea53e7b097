package dev.grantway.admin.transfer;

/**
 * An export as it is asked for; what is empty narrows nothing. A trail is exported whole, and takes
 * nothing that narrows.
 *
 * @param kind what {@link ExportKind#text} calls it: {@code grants} by role, {@code principals},
 *     the same by route, or a part of the trail: {@code revisions}, {@code changes}, {@code
 *     approvals}, {@code activity} or {@code reviews}
 * @param format {@code csv}, {@code xlsx}, {@code jsonl}, {@code pdf} or {@code pack}
 * @param api the name or id of an API
 * @param roles names with commas between
 * @param route a pattern such as {@code GET /orders/**}
 * @param tags of routes, with commas between
 * @param owner of routes
 * @param methods with commas between
 * @param effect {@code allow} or {@code deny}
 * @param asOf the number of a revision or an instant; empty: what is live
 * @param at the instant at which permissions must not be over; empty: that of {@code asOf}, and now
 *     of a revision or what is live
 */
public record ExportInput(
    String kind,
    String format,
    String api,
    String stage,
    String roles,
    String route,
    String tags,
    String owner,
    String methods,
    String effect,
    String asOf,
    String at) {

  /** What is narrowed by API, stage, roles and route alone. */
  public ExportInput(
      String kind,
      String format,
      String api,
      String stage,
      String roles,
      String route,
      String asOf) {
    this(kind, format, api, stage, roles, route, "", "", "", "", asOf, "");
  }

  /** Where a problem is. */
  public enum Field {
    KIND,
    FORMAT,
    API,
    STAGE,
    ROLES,
    ROUTE,
    TAGS,
    OWNER,
    METHODS,
    EFFECT,
    AS_OF,
    AT
  }
}
