package dev.grantway.admin.changes;

import dev.grantway.usage.Replay;
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
   * @param days how many were looked at
   * @param told of how many of them logs tell; 0: nobody reads logs of this stage
   * @param everyCall false: decision lines alone tell of some days, and miss calls that the gateway
   *     answered from its cache
   */
  public record OfStage(
      String api, String stage, List<Replay.Flip> flips, int days, int told, boolean everyCall) {
    public OfStage {
      flips = List.copyOf(flips);
    }
  }
}
