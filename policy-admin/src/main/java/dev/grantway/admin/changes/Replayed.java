package dev.grantway.admin.changes;

import dev.grantway.usage.Replay;
import dev.grantway.usage.Told;
import java.util.List;

/**
 * Calls of the past that a draft would have answered otherwise.
 *
 * @param stages those that it concerns
 */
public record Replayed(List<OfStage> stages) {
  static final Replayed NONE = new Replayed(List.of());

  public Replayed {
    stages = List.copyOf(stages);
  }

  /**
   * One stage.
   *
   * @param told how complete the logs are; of no day: nobody reads logs of this stage
   */
  public record OfStage(String api, String stage, List<Replay.Flip> flips, Told told) {
    public OfStage {
      flips = List.copyOf(flips);
    }
  }
}
