package dev.grantway.decision;

import dev.grantway.policy.ApiId;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Template;
import org.jspecify.annotations.Nullable;

/**
 * Who wants to do what, where: what is decided.
 *
 * @param template the path of the route that API Gateway chose; null before routing, and where the
 *     API has no route table
 */
public record AccessRequest(
    ApiId api,
    String stage,
    Action action,
    RequestPath path,
    @Nullable Template template,
    Principal principal,
    RequestContext context) {

  /** The same request for that path, on that route. */
  public AccessRequest on(RequestPath newPath, @Nullable Template newTemplate) {
    return new AccessRequest(api, stage, action, newPath, newTemplate, principal, context);
  }
}
