package dev.grantway.admin.reviews;

import java.util.List;

/**
 * An access review as it is asked for; of its extent what is empty narrows nothing.
 *
 * @param roles names
 * @param tag of routes
 * @param owner of roles or routes
 * @param api the name or id of an API
 * @param reviewers names of operators
 * @param due an instant to come
 * @param otherwise {@code keep} or {@code revoke}: what becomes of what nobody answered
 */
public record CampaignInput(
    String name,
    List<String> roles,
    String tag,
    String owner,
    String api,
    List<String> reviewers,
    String due,
    String otherwise) {
  public CampaignInput {
    roles = List.copyOf(roles);
    reviewers = List.copyOf(reviewers);
  }

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
