package dev.grantway.admin.reviews;

/**
 * An access review as it is asked for; of its extent what is empty narrows nothing.
 *
 * @param roles names with commas between
 * @param tag of routes
 * @param owner of roles or routes
 * @param api the name or id of an API
 * @param reviewers names of operators with commas between
 * @param due an instant to come
 * @param otherwise {@code keep} or {@code revoke}: what becomes of what nobody answered
 */
public record CampaignInput(
    String name,
    String roles,
    String tag,
    String owner,
    String api,
    String reviewers,
    String due,
    String otherwise) {

  /** Where a problem is. */
  public enum Field {
    NAME,
    ROLES,
    TAG,
    OWNER,
    API,
    REVIEWERS,
    DUE,
    OTHERWISE,
    /** The extent as a whole. */
    EXTENT
  }
}
