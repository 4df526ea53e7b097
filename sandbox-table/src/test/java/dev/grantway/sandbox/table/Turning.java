package dev.grantway.sandbox.table;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
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
import dev.grantway.store.PolicyRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * Roles with as many permissions each, all of one effect, and the draft that turns every one of
 * them to the other: one revision or another is seen at once.
 */
record Turning(int roles, int each) {
  static final String TABLE = "policy";
  static final ApiId ORDERS = new ApiId("a1b2c3d4e5");
  static final RoleName BYSTANDER = new RoleName("bystander");

  static RoleName role(int index) {
    return new RoleName("role-" + index);
  }

  static Effect other(Effect effect) {
    return effect == Effect.ALLOW ? Effect.DENY : Effect.ALLOW;
  }

  /** The API and the roles, without permissions. */
  List<Change> frame() {
    var changes = new ArrayList<Change>();
    changes.add(Change.add(new PolicyRow.OfApi(api())));
    changes.add(Change.add(new PolicyRow.OfRole(empty(BYSTANDER))));
    for (int r = 0; r < roles; r++) {
      changes.add(Change.add(new PolicyRow.OfRole(empty(role(r)))));
    }
    return changes;
  }

  /** Every permission, added. */
  List<Change> additions(Effect effect) {
    return eachOf(index -> Change.add(row(index, effect)));
  }

  /** Every permission, turned from that effect to the other. */
  List<Change> turns(Effect from) {
    return eachOf(index -> Change.alter(row(index, from), row(index, other(from))));
  }

  /** One permission that has nothing to do with them. */
  static Change aside(String id) {
    return Change.add(new PolicyRow.OfPermission(permission(id, BYSTANDER, Effect.ALLOW)));
  }

  static Publication on(PolicyRepository repository, List<Change> changes) {
    var head = repository.head();
    return new Publication(changes, head.revision(), head.hash(), "ana", List.of(), "turn", "d");
  }

  /** A key of an item as it is stored. */
  static String text(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name).s();
  }

  /** The number that the item of a bundle carries; none on any other item. */
  static Optional<Long> number(Map<String, AttributeValue> item) {
    return Optional.ofNullable(item.get("from")).map(AttributeValue::n).map(Long::valueOf);
  }

  private List<Change> eachOf(IntFunction<Change> change) {
    var changes = new ArrayList<Change>(roles * each);
    for (int index = 0; index < roles * each; index++) {
      changes.add(change.apply(index));
    }
    return changes;
  }

  private PolicyRow row(int index, Effect effect) {
    return new PolicyRow.OfPermission(permission("p-" + index, role(index / each), effect));
  }

  private static Permission permission(String id, RoleName role, Effect effect) {
    return new Permission(
        new PermissionId(id),
        role,
        effect,
        ORDERS,
        StageScope.EVERY,
        Set.of(Action.GET, Action.POST),
        ResourcePattern.parse("/orders/" + id + "/{item}"),
        Condition.NONE,
        Validity.ALWAYS,
        "OPS-" + Math.abs(id.hashCode() % 9_000));
  }

  private static Role empty(RoleName name) {
    return new Role("id-" + name, name, "", "", new TreeSet<>());
  }

  private static Api api() {
    return new Api(
        ORDERS,
        "orders",
        List.of("prod"),
        new RouteTable(ApiType.REST, List.of(Route.parse("ANY /orders/{path+}"))),
        false);
  }
}
