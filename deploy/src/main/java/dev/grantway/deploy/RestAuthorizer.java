package dev.grantway.deploy;

import org.jspecify.annotations.Nullable;
import software.amazon.awscdk.services.apigateway.AuthorizationType;
import software.amazon.awscdk.services.apigateway.IAuthorizer;

/** An attached authorizer, as methods of a REST API take it. */
record RestAuthorizer(String id) implements IAuthorizer {
  @Override
  public String getAuthorizerId() {
    return id;
  }

  @Override
  public @Nullable AuthorizationType getAuthorizationType() {
    return AuthorizationType.CUSTOM;
  }
}
