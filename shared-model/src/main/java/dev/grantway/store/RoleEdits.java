package dev.grantway.store;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Edits of a role that concern more rows than its own, as the changes of one draft. */
public final class RoleEdits {
  private static final int PAGE = 500;

  private RoleEdits() {}

  /**
   * Deletes a role with its permissions, its assignments and the edges of roles that inherit it. An
   * invariant or a test that names it stays, for people to decide on.
   */
  public static List<Change> delete(AsOf base, Role role) {
    var changes = new ArrayList<Change>();
    changes.add(Change.remove(new PolicyRow.OfRole(role)));
    for (StampedPermission row : base.permissions(role.name())) {
      changes.add(Change.remove(new PolicyRow.OfPermission(row.permission())));
    }
    for (Assignment assignment : assignmentsOf(base, role.name())) {
      changes.add(Change.remove(new PolicyRow.OfAssignment(assignment)));
    }
    for (Role heir : heirsOf(base, role.name())) {
      var inherits = new TreeSet<>(heir.inherits());
      inherits.remove(role.name());
      changes.add(
          Change.alter(new PolicyRow.OfRole(heir), new PolicyRow.OfRole(with(heir, inherits))));
    }
    return changes.stream().sorted().toList();
  }

  /** Gives a role another name; its id, permissions, assignments and heirs stay with it. */
  public static List<Change> rename(AsOf base, Role role, RoleName name) {
    var changes = new ArrayList<Change>();
    changes.add(Change.remove(new PolicyRow.OfRole(role)));
    changes.add(
        Change.add(
            new PolicyRow.OfRole(
                new Role(role.id(), name, role.description(), role.owner(), role.inherits()))));
    for (StampedPermission row : base.permissions(role.name())) {
      changes.add(Change.remove(new PolicyRow.OfPermission(row.permission())));
      changes.add(Change.add(new PolicyRow.OfPermission(moved(row.permission(), name))));
    }
    for (Assignment it : assignmentsOf(base, role.name())) {
      changes.add(Change.remove(new PolicyRow.OfAssignment(it)));
      changes.add(
          Change.add(
              new PolicyRow.OfAssignment(
                  new Assignment(name, it.issuer(), it.kind(), it.value(), it.untilOrNull()))));
    }
    for (Role heir : heirsOf(base, role.name())) {
      var inherits = new TreeSet<>(heir.inherits());
      inherits.remove(role.name());
      inherits.add(name);
      changes.add(
          Change.alter(new PolicyRow.OfRole(heir), new PolicyRow.OfRole(with(heir, inherits))));
    }
    changes.addAll(renamedInvariants(base.rules(), role.name(), name));
    changes.addAll(renamedTests(base.tests(), role.name(), name));
    return changes.stream().sorted().toList();
  }

  private static List<Change> renamedInvariants(Rules rules, RoleName from, RoleName to) {
    var changes = new ArrayList<Change>();
    for (Rules.Invariant invariant : rules.invariants()) {
      Rules.Invariant.Claim claim = renamed(invariant.claim(), from, to);
      List<String> except =
          invariant.except().stream().map(it -> it.equals(from.value()) ? to.value() : it).toList();
      var renamed = new Rules.Invariant(invariant.name(), invariant.api(), claim, except);
      if (!renamed.equals(invariant)) {
        changes.add(
            Change.alter(new PolicyRow.OfInvariant(invariant), new PolicyRow.OfInvariant(renamed)));
      }
    }
    return changes;
  }

  private static List<Change> renamedTests(List<PolicyTest> tests, RoleName from, RoleName to) {
    return tests.stream()
        .filter(test -> test.caller().roles().contains(from.value()))
        .map(
            test ->
                Change.alter(
                    new PolicyRow.OfTest(test),
                    new PolicyRow.OfTest(test.by(test.caller().renamed(from.value(), to.value())))))
        .toList();
  }

  private static Rules.Invariant.Claim renamed(
      Rules.Invariant.Claim claim, RoleName from, RoleName to) {
    return switch (claim) {
      case Rules.Invariant.Claim.NeverBoth both -> both;
      case Rules.Invariant.Claim.NeverRole(var role, var actions, var resource) ->
          new Rules.Invariant.Claim.NeverRole(role.equals(from) ? to : role, actions, resource);
      case Rules.Invariant.Claim.Always(var role, var request) ->
          new Rules.Invariant.Claim.Always(role.equals(from) ? to : role, request);
    };
  }

  private static Permission moved(Permission it, RoleName role) {
    return new Permission(
        it.id(),
        role,
        it.effect(),
        it.api(),
        it.stage(),
        it.actions(),
        it.resource(),
        it.condition(),
        it.validity(),
        it.note());
  }

  private static Role with(Role role, SortedSet<RoleName> inherits) {
    return new Role(role.id(), role.name(), role.description(), role.owner(), inherits);
  }

  private static List<Role> heirsOf(AsOf base, RoleName name) {
    var heirs = new ArrayList<Role>();
    String after = "";
    do {
      Page<RoleEntry> page = base.roles(after, PAGE);
      for (RoleEntry entry : page.items()) {
        if (entry.role().inherits().contains(name)) {
          heirs.add(entry.role());
        }
      }
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return heirs;
  }

  static List<Assignment> assignmentsOf(AsOf base, RoleName name) {
    var assignments = new ArrayList<Assignment>();
    String after = "";
    do {
      Page<Assignment> page = base.assignments(after, PAGE);
      page.items().stream().filter(it -> it.role().equals(name)).forEach(assignments::add);
      after = page.next().orElse("");
    } while (!after.isEmpty());
    return assignments;
  }
}
