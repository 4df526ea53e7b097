package dev.grantway.events;

import com.amazonaws.services.lambda.runtime.events.SimpleIAMPolicyResponse;
import java.util.LinkedHashMap;
import java.util.Map;

/** Simple answers as the library holds them. */
final class SimpleAnswers {
  private SimpleAnswers() {}

  static SimpleIAMPolicyResponse read(byte[] bytes) {
    Map<String, Object> answer = AnswerJson.read(bytes);
    if (!(answer.get("isAuthorized") instanceof Boolean authorized)) {
      throw new IllegalStateException("the answer has no boolean `isAuthorized`");
    }
    Map<String, String> context = new LinkedHashMap<>();
    AnswerJson.object(answer, "context")
        .forEach((name, value) -> context.put(name, String.valueOf(value)));
    return SimpleIAMPolicyResponse.builder()
        .withIsAuthorized(authorized)
        .withContext(context)
        .build();
  }
}
