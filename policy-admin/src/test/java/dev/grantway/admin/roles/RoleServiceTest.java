package dev.grantway.admin.roles;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.changes.Staging;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoleServiceTest {
  private static final RoleName SUPPORT = new RoleName("support");
  private final World world = new World();
  private final RoleService roles =
      new RoleService(world.changes, world.repository, world.operators);

  private static PermissionInput input(String resource, String from, String until, String when) {
    return new PermissionInput(
        "", "ALLOW", "prod", Set.of(Action.POST), resource, when, from, until, "OPS-1");
  }

  private Map<PermissionInput.Field, List<Sentence>> refused(PermissionInput input) {
    var saved = roles.savePermission(world.api(), SUPPORT, Optional.empty(), input);
    assertThat(saved).isInstanceOf(Saved.Refused.class);
    assertThat(world.changes.draft().count()).isZero();
    return ((Saved.Refused<PermissionInput.Field>) saved).byField();
  }

  @Test
  void aRouteIsGivenByOneEdit() {
    var saved =
        roles.savePermission(
            world.api(), SUPPORT, Optional.empty(), input("/orders/{id}/refunds", "", "", ""));
    assertThat(saved)
        .isEqualTo(new Saved.Staged<PermissionInput.Field>("support-post-orders-id-refunds"));
    RolePage page = roles.role(world.api(), "prod", SUPPORT).orElseThrow();
    RouteLine line =
        page.routes().stream()
            .filter(it -> it.action() == Action.POST)
            .filter(it -> it.route().template().toString().equals("/orders/{id}/refunds"))
            .findFirst()
            .orElseThrow();
    assertThat(line.before()).isEqualTo(RouteLine.Access.NONE);
    assertThat(line.now()).isEqualTo(RouteLine.Access.ALLOWED);
    assertThat(line.isStaged()).isTrue();
  }

  @Test
  void inheritedPermissionsNameTheirSource() {
    RolePage page = roles.role(world.api(), "prod", SUPPORT).orElseThrow();
    assertThat(page.permissions())
        .filteredOn(PermissionLine::inherited)
        .extracting(line -> line.source().value() + " " + line.permission().id())
        .containsExactly("viewer viewer-list", "viewer viewer-read");
    RouteLine order =
        page.routes().stream()
            .filter(it -> (it.action() + " " + it.route().template()).equals("GET /orders/{id}"))
            .findFirst()
            .orElseThrow();
    assertThat(order.inherited()).isTrue();
    assertThat(order.by())
        .extracting(Permission::id)
        .containsExactly(new PermissionId("viewer-read"));
  }

  @Test
  void aBadPatternIsRefusedAtItsField() {
    assertThat(refused(input("/orders/*", "", "", "")))
        .containsOnlyKeys(PermissionInput.Field.RESOURCE);
    assertThat(refused(input("", "", "", ""))).containsOnlyKeys(PermissionInput.Field.RESOURCE);
  }

  @Test
  void anInvalidWindowIsRefusedAtItsField() {
    assertThat(refused(input("/orders", "2026-12-02T00:00:00Z", "2026-12-01T00:00:00Z", "")))
        .containsOnlyKeys(PermissionInput.Field.UNTIL);
    assertThat(refused(input("/orders", "tomorrow", "", "")))
        .containsOnlyKeys(PermissionInput.Field.FROM);
  }

  @Test
  void aBadConditionIsRefusedAtItsField() {
    assertThat(refused(input("/orders", "", "", "StringIs claims.region eu")))
        .containsOnlyKeys(PermissionInput.Field.CONDITION);
    assertThat(refused(input("/orders", "", "", "StringEquals claims.region")))
        .containsOnlyKeys(PermissionInput.Field.CONDITION);
  }

  @Test
  void everyProblemIsToldAtOnce() {
    var nothing =
        new PermissionInput("a b", "ALLOW", "prod", Set.of(), "orders", "x", "x", "x", "");
    assertThat(refused(nothing).keySet())
        .containsExactlyInAnyOrder(
            PermissionInput.Field.ID,
            PermissionInput.Field.METHODS,
            PermissionInput.Field.RESOURCE,
            PermissionInput.Field.CONDITION,
            PermissionInput.Field.FROM,
            PermissionInput.Field.UNTIL);
  }

  @Test
  void aTakenIdIsRefusedAtItsField() {
    var taken =
        new PermissionInput(
            "clerk-files", "ALLOW", "*", Set.of(Action.GET), "/orders", "", "", "", "");
    assertThat(refused(taken)).containsOnlyKeys(PermissionInput.Field.ID);
  }

  @Test
  void aPermissionIsEditedInPlace() {
    var id = new PermissionId("support-items");
    var changed =
        new PermissionInput(
            id.value(),
            "DENY",
            "dev",
            Set.of(Action.GET, Action.POST),
            "/orders/{id}/items",
            "StringEquals claims.region eu | us",
            "2026-12-01T00:00:00+01:00",
            "",
            "why");
    assertThat(roles.savePermission(world.api(), SUPPORT, Optional.of(id), changed))
        .isInstanceOf(Saved.Staged.class);
    PermissionLine line =
        roles.role(world.api(), "prod", SUPPORT).orElseThrow().permissions().stream()
            .filter(it -> it.permission().id().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(line.staged()).isEqualTo(Staging.CHANGED);
    assertThat(line.permission().validity().from().orElseThrow()).isEqualTo("2026-11-30T23:00:00Z");
    assertThat(line.permission().condition().clauses().getFirst().values())
        .containsExactly("eu", "us");
  }

  @Test
  void aDeletedPermissionStaysToBeSeenUntilPublished() {
    Permission items =
        world
            .repository
            .live()
            .permission(new PermissionId("support-items"))
            .orElseThrow()
            .permission();
    assertThat(roles.deletePermission(items)).isInstanceOf(Staged.Done.class);
    assertThat(roles.role(world.api(), "prod", SUPPORT).orElseThrow().permissions())
        .anyMatch(line -> line.staged() == Staging.REMOVED);
    assertThat(roles.restorePermission(items)).isInstanceOf(Staged.Done.class);
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aCycleIsRefusedAtItsFieldAndNamed() {
    var cyclic = new RoleInput("viewer", "looks at orders", "", Set.of("support"));
    var saved = roles.changeRole(new RoleName("viewer"), cyclic);
    assertThat(saved).isInstanceOf(Saved.Refused.class);
    assertThat(((Saved.Refused<RoleInput.Field>) saved).byField().get(RoleInput.Field.INHERITS))
        .singleElement()
        .satisfies(
            why -> assertThat(why.in(Locale.ENGLISH)).contains("`viewer`", "`support`", "→"));
    assertThat(world.changes.draft().count()).isZero();
  }

  @Test
  void aRoleThatIsNotThereCannotBeInherited() {
    var saved = roles.createRole(new RoleInput("trainee", "", "", Set.of("nobody")));
    assertThat(((Saved.Refused<RoleInput.Field>) saved).byField())
        .containsOnlyKeys(RoleInput.Field.INHERITS);
  }

  @Test
  void aRoleNameIsTakenOnce() {
    var saved = roles.createRole(new RoleInput("support", "", "", Set.of()));
    assertThat(((Saved.Refused<RoleInput.Field>) saved).byField())
        .containsOnlyKeys(RoleInput.Field.NAME);
  }

  @Test
  void aRoleCannotInheritItself() {
    var saved = roles.createRole(new RoleInput("trainee", "", "", Set.of("trainee")));
    assertThat(((Saved.Refused<RoleInput.Field>) saved).byField())
        .containsOnlyKeys(RoleInput.Field.INHERITS);
  }

  @Test
  void aRoleThatIsGoneMeanwhileIsNamed() {
    var gone = new RoleName("gone");
    var saved = roles.changeRole(gone, new RoleInput("gone", "", "", Set.of()));
    assertThat(((Saved.Refused<RoleInput.Field>) saved).byField().get(RoleInput.Field.FORM))
        .singleElement()
        .satisfies(why -> assertThat(why.in(Locale.ENGLISH)).contains("`gone`", "open Roles"));
    assertThat(roles.deleteRole(gone)).isInstanceOf(Staged.Refused.class);
  }

  @Test
  void aRenamedRoleKeepsItsPermissionsAndHeirs() {
    roles.savePermission(
        world.api(),
        new RoleName("viewer"),
        Optional.empty(),
        PermissionInput.allow(Action.GET, "/orders/{id}/history"));
    assertThat(
            roles.changeRole(
                new RoleName("viewer"), new RoleInput("reader", "reads", "", Set.of())))
        .isInstanceOf(Saved.Staged.class);
    RolePage page = roles.role(world.api(), "prod", new RoleName("reader")).orElseThrow();
    assertThat(page.permissions()).hasSize(3);
    assertThat(page.heirs()).containsExactly("clerk", "eu-clerk", "finance", "support");
    assertThat(page.role().description()).isEqualTo("reads");
    publish();
    assertThat(world.repository.live().role(new RoleName("viewer"))).isEmpty();
  }

  @Test
  void aDeletedRoleTakesItsPermissionsAndEdgesAlong() {
    Policy sample = World.sample();
    // Without the invariant that viewers can look.
    var free =
        new World(
            new Policy(
                sample.apis(),
                sample.roles(),
                sample.permissions(),
                sample.assignments(),
                Rules.NONE));
    var service = new RoleService(free.changes, free.repository, free.operators);
    assertThat(service.deleteRole(new RoleName("viewer"))).isInstanceOf(Staged.Done.class);
    publish(free);
    assertThat(free.repository.live().role(SUPPORT).orElseThrow().role().inherits()).isEmpty();
    assertThat(free.repository.live().permission(new PermissionId("viewer-list"))).isEmpty();
  }

  private void publish() {
    publish(world);
  }

  private static void publish(World world) {
    assertThat(world.publish(world.changes.draft().hash(), "why"))
        .isInstanceOf(dev.grantway.admin.changes.Outcome.Published.class);
  }

  @Test
  void theListCountsWhatARoleMayCall() {
    RoleLine support =
        roles.roles(world.api(), "prod", "", "", 100).stream()
            .filter(line -> line.name().equals(SUPPORT))
            .findFirst()
            .orElseThrow();
    assertThat(support.own()).isEqualTo(6);
    assertThat(support.allowed()).isEqualTo(8);
    assertThat(roles.roles(world.api(), "prod", "clerk", "", 100))
        .extracting(line -> line.name().value())
        .containsExactly("clerk", "eu-clerk");
  }

  @Test
  void whoIsConcernedWhenARoleGoesIsNamed() {
    var given =
        new Assignment(new RoleName("viewer"), "corp", Assignment.Kind.GROUP, "everybody", null);
    world.changes.stage(
        Sentence.of("label.role.change", "x"),
        List.of(Change.add(new PolicyRow.OfAssignment(given))));
    Dependants concerned = roles.dependants(new RoleName("viewer"));
    assertThat(concerned.heirs())
        .extracting(RoleName::value)
        .containsExactly("clerk", "eu-clerk", "finance", "support");
    assertThat(concerned.assignments()).containsExactly(given);
    assertThat(concerned.invariants()).containsExactly("viewers-can-look");
    assertThat(concerned.permissions()).isEqualTo(2);
    assertThat(concerned.isNone()).isFalse();
    assertThat(roles.dependants(new RoleName("seasonal")).isNone()).isTrue();
    assertThat(roles.dependants(new RoleName("ops")).invariants())
        .containsExactly("ops-never-refund");
  }
}
