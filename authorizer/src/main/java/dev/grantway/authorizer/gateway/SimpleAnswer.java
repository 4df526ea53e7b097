package dev.grantway.authorizer.gateway;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The simple answer of an HTTP API with payload 2.0.
 *
 * @param isAuthorized which API Gateway may cache
 */
public record SimpleAnswer(boolean isAuthorized, SortedMap<String, String> context)
    implements GatewayAnswer {
  public SimpleAnswer {
    context = Collections.unmodifiableSortedMap(new TreeMap<>(context));
  }

  @Override
  public byte[] toJson() {
    return GatewayAnswer.json(json -> json.name("isAuthorized").flag(isAuthorized), context);
  }
}
