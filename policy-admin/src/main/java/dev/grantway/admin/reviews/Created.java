package dev.grantway.admin.reviews;

import dev.grantway.admin.common.Sentence;
import dev.grantway.review.Campaign;
import java.util.List;
import java.util.Map;

/** What became of a campaign that was asked for. */
public sealed interface Created {

  /** It is there, with its lines. */
  record Done(Campaign campaign) implements Created {}

  /** Nothing was created; each reason stands at its field. */
  record Refused(Map<CampaignInput.Field, List<Sentence>> byField) implements Created {
    public Refused {
      byField = Map.copyOf(byField);
    }
  }
}
