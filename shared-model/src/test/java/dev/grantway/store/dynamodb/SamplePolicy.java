package dev.grantway.store.dynamodb;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.store.AsOf;
import dev.grantway.store.PolicyRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Short ways to policy data for tests. */
final class SamplePolicy {
  private SamplePolicy() {}

  static RoleName name(String role) {
    return new RoleName(role);
  }

  static ApiId id(String api) {
    return new ApiId(api);
  }

  static Role role(String name, String... inherits) {
    var parents = new TreeSet<RoleName>();
    Stream.of(inherits).map(RoleName::new).forEach(parents::add);
    return new Role("id-" + name, new RoleName(name), "", "", parents);
  }

  static Permission permission(String id, String role, String api, Effect effect, String path) {
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        effect,
        new ApiId(api),
        StageScope.EVERY,
        Set.of(Action.GET),
        ResourcePattern.parse(path),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  static Permission allow(String id, String role, String api) {
    return permission(id, role, api, Effect.ALLOW, "/" + id);
  }

  static Api api(String id) {
    return new Api(
        new ApiId(id),
        id,
        List.of("prod"),
        new RouteTable(ApiType.REST, List.of(Route.parse("GET /a"), Route.parse("ANY /b/{c+}"))),
        false);
  }

  static Change add(Permission permission) {
    return Change.add(new PolicyRow.OfPermission(permission));
  }

  static Change remove(Permission permission) {
    return Change.remove(new PolicyRow.OfPermission(permission));
  }

  static Change add(Role role) {
    return Change.add(new PolicyRow.OfRole(role));
  }

  static Change alter(Role before, Role after) {
    return Change.alter(new PolicyRow.OfRole(before), new PolicyRow.OfRole(after));
  }

  static Change add(Api api) {
    return Change.add(new PolicyRow.OfApi(api));
  }

  static Change add(Assignment assignment) {
    return Change.add(new PolicyRow.OfAssignment(assignment));
  }

  static Publication publication(PolicyRepository repository, List<Change> changes) {
    AsOf base = repository.live();
    return new Publication(
        changes, base.revision(), base.hash(), "ana", List.of("ben"), "because", "draft-1");
  }

  static Publication publication(PolicyRepository repository, Change... changes) {
    return publication(repository, List.of(changes));
  }

  /** Publishes on head and expects to win. */
  static long publish(PolicyRepository repository, Change... changes) {
    return publish(repository, List.of(changes));
  }

  static long publish(PolicyRepository repository, List<Change> changes) {
    PublishResult result = repository.publish(publication(repository, changes));
    if (result instanceof PublishResult.Published(var revision)) {
      return revision.number();
    }
    throw new AssertionError("not published: " + result);
  }

  /** Roles r0, r1, … with one permission p0, p1, … each in API a. */
  static List<Change> world(int roles) {
    var changes = new ArrayList<Change>();
    changes.add(add(api("a")));
    for (int i = 0; i < roles; i++) {
      changes.add(add(role("r" + i)));
      changes.add(add(allow("p" + i, "r" + i, "a")));
    }
    return changes;
  }
}
