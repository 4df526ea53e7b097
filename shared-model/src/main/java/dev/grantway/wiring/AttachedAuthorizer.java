package dev.grantway.wiring;

/**
 * An authorizer as an API has it.
 *
 * @param id by which API Gateway's operations name it; empty where it is not known
 * @param name within its API
 * @param invocation the URI by which API Gateway invokes its function
 * @param payload of HTTP APIs {@code 1.0} or {@code 2.0}; else empty
 */
public record AttachedAuthorizer(
    String id, String name, String invocation, String payload, Attachment attachment) {

  /** The function's ARN or name, out of the URI; empty if it has none. */
  public String function() {
    int from = invocation.indexOf("/functions/");
    int to = invocation.lastIndexOf("/invocations");
    return from < 0 || to < from ? "" : invocation.substring(from + "/functions/".length(), to);
  }
}
