package dev.grantway.authorizer.gateway;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** What API Gateway asks. */
public sealed interface GatewayEvent {
  /** Which kind of authorizer is asked. */
  ApiKind kind();

  /** The method, path and stage asked about. */
  MethodArn arn();

  /**
   * An event this release answers.
   *
   * @param templates the templates that the event says were chosen; none for TOKEN events
   * @param credential the value that should carry the token, or why there is none
   * @param sourceIp the caller's address, or empty
   * @param headers by lower-case name
   * @param query by name
   */
  record Rest(
      ApiKind kind,
      MethodArn arn,
      Set<String> templates,
      Credential credential,
      String sourceIp,
      Map<String, List<String>> headers,
      Map<String, List<String>> query)
      implements GatewayEvent {
    public Rest {
      templates = Set.copyOf(templates);
      headers = Map.copyOf(headers);
      query = Map.copyOf(query);
    }
  }

  /** An event told apart and not answered: its kind of API is not served yet. */
  record Unserved(ApiKind kind, MethodArn arn) implements GatewayEvent {}
}
