package dev.grantway.store;

import dev.grantway.policy.ApiId;
import java.time.Instant;

/**
 * A stage of a deployed API whose wiring is looked at.
 *
 * @param region where it is deployed; empty: where the app itself asks
 * @param authorizer the name or id of its authorizer; empty: the one that most routes ask
 * @param tokenSource {@code GRANTWAY_TOKEN_SOURCE} of instances that do not tell it
 * @param by the operator who connected it last
 * @param at when
 */
public record WiredStage(
    ApiId api,
    String stage,
    String region,
    String authorizer,
    String tokenSource,
    String by,
    Instant at) {
  private static final int LONGEST = 128;

  public WiredStage {
    for (String text : new String[] {stage, region, authorizer, tokenSource}) {
      if (text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
        throw new IllegalArgumentException(
            "`" + text + "` is longer than " + LONGEST + " characters or holds control characters");
      }
    }
    if (stage.isEmpty() || stage.indexOf('#') >= 0) {
      throw new IllegalArgumentException("a stage needs a name without `#`");
    }
  }
}
