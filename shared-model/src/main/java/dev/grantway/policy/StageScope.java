package dev.grantway.policy;

import dev.grantway.resource.ArnText;

/** One stage of an API, or every stage, written {@code *}. */
public record StageScope(String text) {
  public static final StageScope EVERY = new StageScope("*");

  public StageScope {
    if (!text.equals("*")) {
      checkStage(text);
    }
  }

  /** Refuses a stage name that may not enter an ARN (GATEWAY rule 6). */
  public static void checkStage(String name) {
    if (!name.equals("$default") && (name.length() > 128 || !ArnText.isSafe(name))) {
      throw new IllegalArgumentException(
          "stage `" + name + "` needs 1 to 128 letters, digits or . _ ~ : @ ! , = + ' ( ) -");
    }
  }

  public boolean isEvery() {
    return text.equals("*");
  }

  public boolean includes(String stage) {
    return isEvery() || text.equals(stage);
  }

  @Override
  public String toString() {
    return text;
  }
}
