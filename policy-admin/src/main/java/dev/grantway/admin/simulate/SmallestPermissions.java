package dev.grantway.admin.simulate;

import dev.grantway.admin.changes.WorkingCopy;
import dev.grantway.admin.roles.PermissionIds;
import dev.grantway.policy.Api;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The narrowest permissions that can allow a request: one method, the stage shown, and the very
 * path or the template of the route that serves it.
 */
final class SmallestPermissions {
  private final WorkingCopy copy;
  private final Api api;
  private final String stage;

  SmallestPermissions(WorkingCopy copy, Api api, String stage) {
    this.copy = copy;
    this.api = api;
    this.stage = stage;
  }

  /** For one role, the narrower one first; whether one of them would do is not asked here. */
  List<Permission> of(RoleName role, Action action, String path, Optional<Route> route) {
    var resources = new LinkedHashSet<String>();
    resources.add(path);
    route.ifPresent(it -> resources.add(it.template().toString()));
    return resources.stream()
        .flatMap(this::pattern)
        .map(pattern -> permission(role, action, pattern))
        .toList();
  }

  /** Some paths cannot be written as a pattern, such as one with an asterisk. */
  private Stream<ResourcePattern> pattern(String resource) {
    try {
      return Stream.of(
          api.type() == ApiType.WEBSOCKET
              ? ResourcePattern.parseRouteKey(resource)
              : ResourcePattern.parse(resource));
    } catch (IllegalArgumentException unwritable) {
      return Stream.empty();
    }
  }

  private Permission permission(RoleName role, Action action, ResourcePattern pattern) {
    return new Permission(
        PermissionIds.make(role, Effect.ALLOW, Set.of(action), pattern.toString(), copy::isTaken),
        role,
        Effect.ALLOW,
        api.id(),
        new StageScope(stage),
        Set.of(action),
        pattern,
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }
}
