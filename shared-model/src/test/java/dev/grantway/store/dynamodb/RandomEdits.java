package dev.grantway.store.dynamodb;

import static dev.grantway.store.dynamodb.SamplePolicy.api;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.StageScope;
import dev.grantway.revision.Change;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.RowKey;
import dev.grantway.store.AsOf;
import dev.grantway.store.RoleEdits;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Random edits of every kind of row, some of which a publish refuses. */
record RandomEdits(Random random) {
  static final List<ApiId> APIS = List.of(new ApiId("a"), new ApiId("b"), new ApiId("c"));
  static final int NAMES = 7;

  /** The APIs, and all roles but two. */
  static List<Change> frame() {
    var changes = new ArrayList<Change>();
    APIS.forEach(api -> changes.add(SamplePolicy.add(api(api.value()))));
    for (int r = 0; r < NAMES - 2; r++) {
      changes.add(SamplePolicy.add(SamplePolicy.role("r" + r)));
    }
    return changes;
  }

  /** One to four edits of what is there; some change nothing, then there are fewer. */
  List<Change> changes(AsOf base) {
    Map<RowKey, Change> changes = new TreeMap<>();
    int count = 1 + random.nextInt(4);
    for (int i = 0; i < count; i++) {
      for (Change change : oneEdit(base)) {
        if (!change.isEmpty()) {
          changes.putIfAbsent(change.key(), change);
        }
      }
    }
    return List.copyOf(changes.values());
  }

  private List<Change> oneEdit(AsOf base) {
    return switch (random.nextInt(14)) {
      case 0, 1, 2, 3, 4 -> List.of(set(base, new PolicyRow.OfPermission(permission())));
      case 5, 6 -> List.of(set(base, new PolicyRow.OfRole(role())));
      case 7 -> List.of(set(base, new PolicyRow.OfApi(api(any(APIS).value()))));
      case 8, 9 -> List.of(set(base, new PolicyRow.OfAssignment(assignment())));
      case 10 -> List.of(set(base, rule()));
      case 11 -> deleteSomePermission(base);
      case 12 ->
          base.role(name()).map(entry -> RoleEdits.delete(base, entry.role())).orElse(List.of());
      default ->
          base.role(name())
              .filter(entry -> base.role(new RoleName("r6")).isEmpty())
              .map(entry -> RoleEdits.rename(base, entry.role(), new RoleName("r6")))
              .orElse(List.of());
    };
  }

  private static Change set(AsOf base, PolicyRow row) {
    return new Change(row.key(), base.row(row.key()).map(it -> it.row()).orElse(null), row);
  }

  private List<Change> deleteSomePermission(AsOf base) {
    List<Permission> all = base.policy().permissions();
    return all.isEmpty() ? List.of() : List.of(SamplePolicy.remove(any(all)));
  }

  private RoleName name() {
    return new RoleName("r" + random.nextInt(NAMES));
  }

  private Permission permission() {
    RoleName role = random.nextInt(9) == 0 ? RoleName.AUTHENTICATED : name();
    return SamplePolicy.permission(
        "p" + random.nextInt(60),
        role.value(),
        any(APIS).value(),
        any(List.of(Effect.values())),
        "/x" + random.nextInt(100));
  }

  private Role role() {
    RoleName name = name();
    var inherits = new TreeSet<RoleName>();
    for (int i = random.nextInt(3); i > 0; i--) {
      RoleName other = name();
      if (!other.equals(name)) {
        inherits.add(other);
      }
    }
    return new Role("id-" + name, name, "d" + random.nextInt(3), "", inherits);
  }

  private Assignment assignment() {
    Assignment.Kind kind = any(List.of(Assignment.Kind.values()));
    return new Assignment(
        name(),
        any(List.of("corp", "shop")),
        kind,
        any(List.of("alice", "böb #1", "x".repeat(200) + "€€€€€€€€€€€€€€€€€€€€€€")),
        random.nextBoolean()
            ? null
            : Instant.parse("2026-12-01T00:00:00Z").plusSeconds(random.nextInt(9)));
  }

  private PolicyRow rule() {
    return switch (random.nextInt(5)) {
      case 4 ->
          new PolicyRow.OfTest(
              new PolicyTest(
                  "t" + random.nextInt(3),
                  new PolicyTest.Caller(
                      "", "", "", List.of(), List.of(name().value()), Map.of(), List.of()),
                  any(APIS).value(),
                  "prod",
                  "GET",
                  "/x" + random.nextInt(3),
                  new PolicyTest.Context("", Map.of(), Map.of(), null),
                  any(List.of(Effect.values())),
                  null,
                  ""));
      case 0 ->
          new PolicyRow.OfApproval(
              new Rules.ApprovalRule(any(APIS), StageScope.EVERY, random.nextInt(3)));
      case 1 ->
          new PolicyRow.OfInvariant(
              new Rules.Invariant(
                  "i" + random.nextInt(3),
                  any(APIS),
                  new Rules.Invariant.Claim.Always(name(), "GET /x"),
                  List.of("r" + random.nextInt(3))));
      case 2 -> new PolicyRow.OfOperator(new Rules.OperatorLimit("ana", Set.of(any(APIS))));
      default -> new PolicyRow.OfRetention(new Rules.Retention(1 + random.nextInt(400)));
    };
  }

  private <T> T any(List<T> items) {
    return items.get(random.nextInt(items.size()));
  }
}
