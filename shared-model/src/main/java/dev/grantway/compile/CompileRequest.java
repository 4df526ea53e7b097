package dev.grantway.compile;

import dev.grantway.decision.AccessRequest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * What a document is compiled from.
 *
 * @param request as the event has it, with the principal's effective roles and the template that
 *     the event carries, or null where it carries none
 * @param permissions of the principal's roles; others do no harm
 * @param arn the stage's ARN as the event has it
 * @param roleEnds of the roles that the principal holds only until an instant (assignments)
 */
public record CompileRequest(
    Api api,
    AccessRequest request,
    Collection<Permission> permissions,
    ArnPrefix arn,
    CacheKey key,
    Map<RoleName, Instant> roleEnds,
    CompileOptions options) {

  public CompileRequest {
    permissions = List.copyOf(permissions);
    roleEnds = Map.copyOf(roleEnds);
    if (!arn.isOf(request.api(), request.stage()) || !api.id().equals(request.api())) {
      throw new IllegalArgumentException(
          "the request is for `" + request.api() + "/" + request.stage() + "`, not `" + arn + "`");
    }
  }
}
