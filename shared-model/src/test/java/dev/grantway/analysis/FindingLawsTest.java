package dev.grantway.analysis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decision;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.StageScope;
import dev.grantway.policy.Validity;
import dev.grantway.resource.ApiType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What findings promise, held against {@code decide} over every request of small worlds. */
class FindingLawsTest {
  private static final long SEED = 20260601;

  private static final List<World> WORLDS =
      List.of(
          World.of(
              ApiType.REST, "GET /a", "GET /a/{x}", "POST /a/{x}", "GET /a/b", "POST /a/{x}/b"),
          World.of(ApiType.REST, "GET /a/{x}", "ANY /a/{p+}", "GET /a/b/{y}"),
          World.of(ApiType.HTTP, "GET /a/{p+}", "POST /a/{x}", "$default"),
          World.of(ApiType.HTTP));

  private static final List<String> RESOURCES =
      List.of(
          "/a",
          "/a/{x}",
          "/a/b",
          "/a/**",
          "/**",
          "/a/{p+}",
          "/a/{x}/**",
          "/a/{x}/b",
          "/a/b/{y}",
          "/a/b/**",
          "/b",
          "/a/c");

  private static final List<String> SEGMENTS = List.of("a", "b", "c", "");

  private static final World.Range PLAIN =
      new World.Range(
          World.Range.EVERY_ROLES, List.of(Map.of()), List.of(World.NOW), List.of("prod"));

  private static final World.Range RICH =
      new World.Range(
          World.Range.EVERY_ROLES,
          List.of(
              Map.of(),
              Map.of("s", new ClaimValue.Text("b"), "t", new ClaimValue.Text("1")),
              Map.of("s", new ClaimValue.Text("a"), "t", new ClaimValue.Text("2")),
              Map.of("s", new ClaimValue.Opaque(), "t", new ClaimValue.Opaque())),
          List.of(World.NOW, World.LATER, World.END),
          List.of("prod", "dev", "other"));

  private static final List<Condition> CONDITIONS =
      List.of(
          Condition.NONE,
          Condition.NONE,
          onClaim(Operator.STRING_EQUALS, "1"),
          onClaim(Operator.STRING_EQUALS, "1", "2"),
          onClaim(Operator.STRING_NOT_EQUALS, "1"),
          onClaim(Operator.STRING_NOT_EQUALS, "1", "2"),
          onClaim(Operator.NULL, "true"));

  private static final List<Validity> VALIDITIES =
      List.of(
          Validity.ALWAYS,
          Validity.ALWAYS,
          new Validity(null, World.LATER),
          new Validity(World.LATER, null),
          new Validity(Instant.parse("2020-01-01T00:00:00Z"), World.END),
          new Validity(World.LATER, World.END));

  private static Condition onClaim(Operator operator, String... values) {
    return new Condition(
        List.of(new Condition.Clause(operator, new Attribute.Claim("t"), Arrays.asList(values))));
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }

  private static Permission plain(Random random, int number, List<String> resources) {
    return World.permission(
        "p" + number,
        pick(random, List.of("staff", "staff", "lead", "authenticated")),
        pick(random, List.of("ALLOW", "ALLOW", "DENY")),
        pick(random, List.of("GET", "POST", "GET,POST")) + " " + pick(random, resources));
  }

  private static Permission rich(Random random, int number) {
    var resources = new ArrayList<>(RESOURCES);
    resources.addAll(List.of("/a/${claims.s}", "/a/${claims.s}/**", "/a/${claims.t}"));
    Permission permission =
        World.with(
            plain(random, number, resources),
            StageScope.EVERY,
            pick(random, CONDITIONS),
            pick(random, VALIDITIES));
    return switch (random.nextInt(4)) {
      case 0 -> World.on(permission, "prod");
      case 1 -> World.on(permission, "dev");
      default -> permission;
    };
  }

  private static List<Permission> without(List<Permission> from, Set<PermissionId> ids) {
    return from.stream().filter(permission -> !ids.contains(permission.id())).toList();
  }

  private static Set<PermissionId> found(List<Finding> findings, FindingCode... codes) {
    var ids = new TreeSet<PermissionId>();
    for (Finding finding : findings) {
      if (finding instanceof Finding.OfPermission of
          && Arrays.asList(codes).contains(finding.code())) {
        ids.add(of.permission());
      }
    }
    return ids;
  }

  /** Some policies in each world, and every request of it. */
  private interface Law {
    void check(World world, List<Permission> permissions, List<AccessRequest> requests);
  }

  private static void overRichPolicies(int policies, Law law) {
    var random = new Random(SEED);
    for (World world : WORLDS) {
      List<AccessRequest> requests = world.requests(SEGMENTS, 3, RICH);
      for (int i = 0; i < policies; i++) {
        var permissions = new ArrayList<Permission>();
        int size = 2 + random.nextInt(4);
        for (int number = 0; number < size; number++) {
          permissions.add(rich(random, number));
        }
        law.check(world, permissions, requests);
      }
    }
  }

  private static String story(World world, List<Permission> permissions, List<Finding> findings) {
    return "seed "
        + SEED
        + ", routes "
        + world.api().routes()
        + ", "
        + permissions
        + ", "
        + findings;
  }

  private static void same(
      World world,
      AccessRequest request,
      List<Permission> before,
      List<Permission> after,
      List<Finding> findings) {
    boolean allowed = world.decide(request, before).isAllowed();
    if (world.decide(request, after).isAllowed() != allowed) {
      fail("%s was %s: %s", request, allowed, story(world, before, findings) + after);
    }
  }

  @Test
  void removingAllThatIsRedundantChangesNoDecision() {
    int[] compared = {0};
    overRichPolicies(
        12,
        (world, permissions, requests) -> {
          List<Finding> findings = PolicyAnalysis.of(world.policy(permissions), World.NOW);
          Set<PermissionId> removable =
              found(
                  findings,
                  FindingCode.REDUNDANT,
                  FindingCode.SHADOWED,
                  FindingCode.CONTRADICTORY,
                  FindingCode.EXPIRED,
                  FindingCode.UNREACHABLE);
          if (removable.isEmpty()) {
            return;
          }
          compared[0]++;
          List<Permission> rest = without(permissions, removable);
          for (AccessRequest request : requests) {
            same(world, request, permissions, rest, findings);
          }
        });
    assertThat(compared[0]).as("policies with something to remove").isGreaterThan(20);
  }

  @Test
  void whatIsShadowedContradictoryOrUnreachableIsNeverNamedInADecision() {
    overRichPolicies(
        12,
        (world, permissions, requests) -> {
          List<Finding> findings = PolicyAnalysis.of(world.policy(permissions), World.NOW);
          Set<PermissionId> silent =
              found(
                  findings,
                  FindingCode.SHADOWED,
                  FindingCode.CONTRADICTORY,
                  FindingCode.EXPIRED,
                  FindingCode.UNREACHABLE);
          if (silent.isEmpty()) {
            return;
          }
          for (AccessRequest request : requests) {
            Decision decision = world.decide(request, permissions);
            if (decision.by().stream().anyMatch(silent::contains)) {
              fail("%s by %s: %s", request, decision.by(), story(world, permissions, findings));
            }
          }
        });
  }

  /** Where nothing is conditional, the search misses nothing. */
  @Test
  void everyPermissionThatIsLeftChangesSomeDecision() {
    var random = new Random(SEED);
    int left = 0;
    for (World world : WORLDS) {
      List<AccessRequest> requests = world.requests(SEGMENTS, 4, PLAIN);
      for (int i = 0; i < 60; i++) {
        var permissions = new ArrayList<Permission>();
        int size = 2 + random.nextInt(4);
        for (int number = 0; number < size; number++) {
          permissions.add(plain(random, number, RESOURCES));
        }
        List<Finding> findings = PolicyAnalysis.of(world.policy(permissions), World.NOW);
        Set<PermissionId> redundant = found(findings, FindingCode.REDUNDANT);
        Set<PermissionId> found = found(findings, FindingCode.values());
        for (Permission permission : without(permissions, found)) {
          left++;
          // A DENY is measured against every ALLOW there was, those found redundant as well.
          List<Permission> rest =
              permissions.stream()
                  .filter(
                      other ->
                          !redundant.contains(other.id())
                              || permission.effect() == Effect.DENY
                                  && other.effect() == Effect.ALLOW)
                  .toList();
          List<Permission> less = without(rest, Set.of(permission.id()));
          boolean changes =
              requests.stream()
                  .anyMatch(
                      request ->
                          world.decide(request, less).isAllowed()
                              != world.decide(request, rest).isAllowed());
          if (!changes) {
            fail("without %s: %s", permission.id(), story(world, permissions, findings));
          }
        }
      }
    }
    assertThat(left).isGreaterThan(200);
  }

  /** And what never decides is always named as that, unless something milder is true of it. */
  @Test
  void everyAllowThatIsLeftDecidesSomething() {
    var random = new Random(SEED + 1);
    for (World world : WORLDS) {
      List<AccessRequest> requests = world.requests(SEGMENTS, 4, PLAIN);
      for (int i = 0; i < 60; i++) {
        var permissions = new ArrayList<Permission>();
        for (int number = 0; number < 4; number++) {
          permissions.add(plain(random, number, RESOURCES));
        }
        List<Finding> findings = PolicyAnalysis.of(world.policy(permissions), World.NOW);
        Set<PermissionId> silent =
            found(
                findings, FindingCode.SHADOWED, FindingCode.CONTRADICTORY, FindingCode.UNREACHABLE);
        var named = new HashSet<PermissionId>();
        requests.forEach(request -> named.addAll(world.decide(request, permissions).by()));
        for (Permission permission : permissions) {
          if (named.contains(permission.id()) == silent.contains(permission.id())) {
            fail("%s: %s", permission.id(), story(world, permissions, findings));
          }
        }
      }
    }
  }

  @Test
  void whatIsCompactedGivesTheSameAccess() {
    var random = new Random(SEED);
    int suggested = 0;
    for (World world : WORLDS) {
      List<AccessRequest> requests = world.requests(SEGMENTS, 4, PLAIN);
      for (int i = 0; i < 80; i++) {
        var permissions = new ArrayList<Permission>();
        for (int number = 0; number < 6; number++) {
          permissions.add(
              World.permission(
                  "p" + number,
                  "staff",
                  i % 5 == 0 ? "DENY" : "ALLOW",
                  pick(random, List.of("GET", "POST")) + " " + pick(random, RESOURCES)));
        }
        permissions.add(plain(random, 6, RESOURCES));
        List<Finding> findings = PolicyAnalysis.of(world.policy(permissions), World.NOW);
        var compacted = new ArrayList<>(permissions);
        for (Finding finding : findings) {
          if (finding instanceof Finding.Compact compact) {
            suggested++;
            compacted.removeIf(permission -> compact.permissions().contains(permission.id()));
            compacted.add(
                World.permission(
                    "c" + compacted.size(),
                    compact.role().value(),
                    compact.effect().name(),
                    String.join(",", compact.methods().stream().map(Enum::name).toList())
                        + " "
                        + compact.resource()));
          }
        }
        for (AccessRequest request : requests) {
          same(world, request, permissions, compacted, findings);
        }
      }
    }
    assertThat(suggested).as("suggestions").isGreaterThan(30);
  }
}
