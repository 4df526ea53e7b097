package dev.grantway.admin.reviews;

import java.util.List;

/**
 * Some campaigns, the latest first.
 *
 * @param next the cursor of those that follow; empty at the end
 */
public record CampaignPage(List<CampaignState> items, String next) {
  public CampaignPage {
    items = List.copyOf(items);
  }
}
