package dev.grantway.authorizer.gateway;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The policy answer, which every kind of API takes.
 *
 * @param principalId never empty
 * @param document the policy document as JSON, which API Gateway evaluates and may cache
 */
public record PolicyAnswer(String principalId, String document, SortedMap<String, String> context)
    implements GatewayAnswer {
  public PolicyAnswer {
    if (principalId.isEmpty()) {
      throw new IllegalArgumentException("principalId is empty");
    }
    context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
  }

  @Override
  public byte[] toJson() {
    return GatewayAnswer.json(
        json -> json.name("principalId").text(principalId).name("policyDocument").json(document),
        context);
  }
}
