package dev.grantway.compile;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.StageScope;
import dev.grantway.resource.Action;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The ARN of a stage, {@code arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod}. It stands
 * literally in front of every emitted ARN (GATEWAY rule 2), so wildcards are refused.
 */
public record ArnPrefix(String text) {
  private static final Pattern SHAPE =
      Pattern.compile("arn:[A-Za-z0-9-]+:execute-api:[A-Za-z0-9-]*:[A-Za-z0-9-]*:([^/:]+)/([^/]+)");

  public ArnPrefix {
    Matcher parts = SHAPE.matcher(text);
    if (!parts.matches()) {
      throw new IllegalArgumentException("`" + text + "` is not the ARN of a stage of an API");
    }
    new ApiId(parts.group(1));
    StageScope.checkStage(parts.group(2));
  }

  public static ArnPrefix of(
      String partition, String region, String account, ApiId api, String stage) {
    return new ArnPrefix(
        "arn:" + partition + ":execute-api:" + region + ":" + account + ":" + api + "/" + stage);
  }

  /** True if this is that stage of that API. */
  boolean isOf(ApiId api, String stage) {
    return text.endsWith(":" + api + "/" + stage);
  }

  /** The ARN, or glob, of a path that starts with a slash; of a WebSocket route key without. */
  String arn(Action action, String path) {
    return action == Action.CONNECT ? text + "/" + path : text + "/" + action + path;
  }

  /** Everything in the stage. */
  String everything() {
    return text + "/*";
  }
}
