package dev.grantway.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
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
import dev.grantway.revision.Refusal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What is refused where it is typed, and with which words. */
class ChangeCheckTest {
  private static final ApiId API = new ApiId("a");

  private final InMemoryPolicy memory =
      InMemoryPolicy.of(
          new Policy(
              List.of(api("a", "orders")),
              List.of(role("viewer"), role("clerk", "viewer"), role("staff", "clerk")),
              List.of(permission("view", "viewer")),
              List.of(
                  new Assignment(
                      new RoleName("viewer"), "corp", Assignment.Kind.SUBJECT, "alice", null)),
              new Rules(
                  List.of(
                      new Rules.Invariant(
                          "look",
                          API,
                          new Rules.Invariant.Claim.Always(new RoleName("viewer"), "GET /x"),
                          List.of())),
                  List.of(),
                  List.of(),
                  List.of(),
                  Rules.Retention.EVERYTHING)),
          Clock.systemUTC());

  private static Role role(String name, String... inherits) {
    var parents = new TreeSet<RoleName>();
    Stream.of(inherits).map(RoleName::new).forEach(parents::add);
    return new Role("id-" + name, new RoleName(name), "", "", parents);
  }

  private static Api api(String id, String name) {
    return new Api(
        new ApiId(id),
        name,
        List.of("prod"),
        new RouteTable(ApiType.REST, List.of(Route.parse("GET /x"))),
        false);
  }

  private static Permission permission(String id, String role) {
    return new Permission(
        new PermissionId(id),
        new RoleName(role),
        Effect.ALLOW,
        API,
        StageScope.EVERY,
        Set.of(Action.GET),
        ResourcePattern.parse("/x"),
        Condition.NONE,
        Validity.ALWAYS,
        "");
  }

  private static Change add(PolicyRow row) {
    return Change.add(row);
  }

  private static Change add(Permission permission) {
    return Change.add(new PolicyRow.OfPermission(permission));
  }

  private void refused(String code, String message, Change... changes) {
    assertThat(memory.check(List.of(changes)))
        .extracting(Refusal::code, Refusal::message)
        .containsExactly(tuple(code, message));
  }

  @Test
  void aCycleIsNamed() {
    refused(
        "cyclic-inheritance",
        "role `clerk` inherits itself through `clerk` → `viewer` → `staff` → `clerk`:"
            + " remove one of these",
        Change.alter(
            new PolicyRow.OfRole(role("viewer")), new PolicyRow.OfRole(role("viewer", "staff"))));
  }

  @Test
  void unknownRolesAndApisAreNamed() {
    refused(
        "unknown-role",
        "permission `p` names the unknown role `clark`: add the role or correct its name",
        add(permission("p", "clark")));
    refused(
        "unknown-role",
        "role `x` inherits the unknown role `y`: add the role or correct its name",
        add(new PolicyRow.OfRole(role("x", "y"))));
    refused(
        "unknown-role",
        "the assignment to `bob` names the unknown role `clark`: add the role or correct its name",
        add(
            new PolicyRow.OfAssignment(
                new Assignment(
                    new RoleName("clark"), "corp", Assignment.Kind.SUBJECT, "bob", null))));
    assertThat(
            memory.check(
                List.of(add(permission("p", "new")), add(new PolicyRow.OfRole(role("new"))))))
        .as("a role of the same draft")
        .isEmpty();
    assertThat(memory.check(List.of(add(permission("p", "authenticated"))))).isEmpty();
  }

  @Test
  void aPermissionIdIsUniqueInThePolicy() {
    String message = "permission id `view` is in use already: choose another";
    refused("duplicate-permission-id", message, add(permission("view", "clerk")));
    refused(
        "duplicate-permission-id",
        "permission id `p` is in use already: choose another",
        add(permission("p", "clerk")),
        add(permission("p", "viewer")));
    assertThat(
            memory.check(
                List.of(
                    Change.remove(new PolicyRow.OfPermission(permission("view", "viewer"))),
                    add(permission("view", "clerk")))))
        .as("moved to another role")
        .isEmpty();
  }

  @Test
  void limitsAreNamed() {
    var many = new ArrayList<Change>();
    for (int i = 0; i < ChangeCheck.MAX_SLICE; i++) {
      many.add(add(permission("p" + i, "clerk")));
    }
    assertThat(memory.check(many)).isEmpty();
    many.add(add(permission("one-more", "clerk")));
    assertThat(memory.check(many))
        .singleElement()
        .satisfies(it -> assertThat(it.code()).isEqualTo("too-many-permissions"));
    var deep = new ArrayList<Change>();
    deep.add(add(new PolicyRow.OfRole(role("d0"))));
    for (int i = 1; i <= ChangeCheck.MAX_CLOSURE; i++) {
      deep.add(add(new PolicyRow.OfRole(role("d" + i, "d" + (i - 1)))));
    }
    assertThat(memory.check(deep)).isEmpty();
    deep.add(add(new PolicyRow.OfRole(role("deepest", "d" + ChangeCheck.MAX_CLOSURE))));
    assertThat(memory.check(deep))
        .singleElement()
        .satisfies(it -> assertThat(it.code()).isEqualTo("closure-too-big"));
  }

  @Test
  void whatIsInUseIsNotRemovedAlone() {
    refused(
        "role-in-use",
        "role `clerk` still has permission `p`: delete it too",
        removalOfClerkWithPermission());
    assertThat(codes(Change.remove(new PolicyRow.OfApi(api("a", "orders")))))
        .containsExactly("api-in-use");
    assertThat(codes(add(new PolicyRow.OfApi(api("b", "orders")))))
        .containsExactly("duplicate-api-name");
    assertThat(
            codes(
                add(
                    new PolicyRow.OfRole(
                        new Role("id-clerk", new RoleName("twin"), "", "", new TreeSet<>())))))
        .containsExactly("duplicate-role-id");
  }

  private Change[] removalOfClerkWithPermission() {
    publish(List.of(add(permission("p", "clerk"))));
    return new Change[] {
      Change.remove(new PolicyRow.OfRole(role("clerk", "viewer"))),
      Change.alter(
          new PolicyRow.OfRole(role("staff", "clerk")), new PolicyRow.OfRole(role("staff")))
    };
  }

  private List<String> codes(Change... changes) {
    return memory.check(List.of(changes)).stream().map(Refusal::code).toList();
  }

  private void publish(List<Change> changes) {
    AsOf base = memory.live();
    var publication =
        new Publication(changes, base.revision(), base.hash(), "ana", List.of(), "why", "");
    assertThat(memory.publish(publication)).isInstanceOf(PublishResult.Published.class);
  }

  @Test
  void deletingARoleTakesEverythingOfItAlong() {
    publish(RoleEdits.delete(memory.live(), role("viewer")));
    Policy policy = memory.live().policy();
    assertThat(policy.role(new RoleName("viewer"))).isEmpty();
    assertThat(policy.permissions()).isEmpty();
    assertThat(policy.assignments()).isEmpty();
    assertThat(policy.role(new RoleName("clerk")).orElseThrow().inherits()).isEmpty();
  }

  @Test
  void renamingARoleTakesEverythingOfItAlong() {
    publish(RoleEdits.rename(memory.live(), role("viewer"), new RoleName("reader")));
    Policy policy = memory.live().policy();
    assertThat(policy.role(new RoleName("reader")).orElseThrow().id()).isEqualTo("id-viewer");
    assertThat(policy.permissions()).containsExactly(permission("view", "reader"));
    assertThat(policy.assignments()).extracting(it -> it.role().value()).containsExactly("reader");
    assertThat(policy.role(new RoleName("clerk")).orElseThrow().inherits())
        .containsExactly(new RoleName("reader"));
    assertThat(policy.rules().invariants().getFirst().claim())
        .isEqualTo(new Rules.Invariant.Claim.Always(new RoleName("reader"), "GET /x"));
  }

  @Test
  void aRowThatIsNotAsTheChangeSaysIsInDispute() {
    var change = Change.remove(new PolicyRow.OfPermission(permission("gone", "viewer")));
    ChangeCheck.Result result = ChangeCheck.check(memory.live(), List.of(change));
    assertThat(result.disputes())
        .singleElement()
        .satisfies(dispute -> assertThat(dispute.theirs()).isEmpty());
  }
}
