package dev.grantway.store.dynamodb;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;

/** Checks a request's deadline before every attempt to send it, the SDK's own retries included. */
final class DeadlineInterceptor implements ExecutionInterceptor {
  @Override
  public void beforeTransmission(
      Context.BeforeTransmission context, ExecutionAttributes attributes) {
    Deadline deadline = attributes.getAttribute(Deadline.ATTRIBUTE);
    if (deadline != null) {
      deadline.check();
    }
  }
}
