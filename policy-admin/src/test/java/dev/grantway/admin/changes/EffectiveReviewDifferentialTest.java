package dev.grantway.admin.changes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.analysis.Grant;
import dev.grantway.analysis.Grants;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Operator;
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
import dev.grantway.revision.PolicyRows;
import dev.grantway.store.InMemoryPolicy;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * The effect of a draft, which shares among heirs and looks at no more than changes can touch, is
 * that of comparing every role on every route of every stage by itself: on random policies and
 * random changes to them. A failure prints the seed; {@code -Dgrantway.seed=…} repeats a run.
 */
class EffectiveReviewDifferentialTest {
  private static final int WORLDS = 200;
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T10:00:00Z"), ZoneOffset.UTC);
  private static final List<String> PATHS =
      List.of("/a", "/a/{x}", "/a/b", "/a/{x}/c", "/d", "/d/{y}");
  private static final List<String> PATTERNS =
      List.of("/a", "/a/{x}", "/a/b", "/a/42", "/a/**", "/**", "/d/{y}", "/a/{x}/c", "/d/7");
  private static final List<Condition> CONDITIONS =
      Stream.of("eu", "us")
          .map(
              value ->
                  new Condition(
                      List.of(
                          new Condition.Clause(
                              Operator.STRING_EQUALS,
                              new Attribute.Claim("region"),
                              List.of(value)))))
          .toList();
  private static final List<RoleName> NAMES =
      Stream.of("a1", "b2", "c3", "d4", "e5", "f6", "authenticated").map(RoleName::new).toList();

  @Test
  void theEffectIsThatOfComparingEveryRoleOnEveryRoute() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("effects from seed " + seed);
    var random = new Random(seed);
    var kinds = new TreeSet<GrantChange.Kind>();
    for (int i = 0; i < WORLDS; i++) {
      Policy before = policy(random);
      Policy after = changed(before, random);
      List<Change> changes = PolicyRows.diff(before, after);
      var base = InMemoryPolicy.of(before, CLOCK).live();
      List<GrantChange> found =
          EffectiveReview.of(new WorkingCopy(base, changes), changes).grants();
      found.forEach(it -> kinds.add(it.kind()));
      assertThat(found.stream().map(EffectiveReviewDifferentialTest::text).sorted().toList())
          .as("seed %d, world %d: %s", seed, i, changes)
          .isEqualTo(plain(before, after));
      assertThat(concerned(before, after, changes))
          .as("concerned, seed %d, world %d: %s", seed, i, changes)
          .isEmpty();
    }
    assertThat(kinds).as("worlds that show something").hasSize(3);
  }

  /** Two drafts that end in the same have one hash, whichever way the changes were found. */
  @Test
  void theHashIsTheSameIffTheEffectIs() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    var random = new Random(seed);
    for (int i = 0; i < WORLDS / 8; i++) {
      Policy before = policy(random);
      Policy one = changed(before, random);
      Policy other = changed(before, random);
      dev.grantway.admin.changes.Effect first = effect(before, one);
      List<Change> shuffled = new ArrayList<>(PolicyRows.diff(before, one));
      Collections.shuffle(shuffled, random);
      assertThat(effect(before, shuffled).hash())
          .as("seed %d, world %d, the same edits in another order", seed, i)
          .isEqualTo(first.hash());
      if (!plain(before, one).equals(plain(before, other))) {
        assertThat(effect(before, other).hash())
            .as("seed %d, world %d", seed, i)
            .isNotEqualTo(first.hash());
      }
    }
  }

  private static dev.grantway.admin.changes.Effect effect(Policy before, Policy after) {
    return effect(before, PolicyRows.diff(before, after));
  }

  private static dev.grantway.admin.changes.Effect effect(Policy before, List<Change> changes) {
    return EffectiveReview.of(
        new WorkingCopy(InMemoryPolicy.of(before, CLOCK).live(), changes), changes);
  }

  private static String text(GrantChange it) {
    return String.join(
        " ",
        it.kind().name(),
        it.role().value(),
        it.api(),
        it.route(),
        new TreeSet<>(it.stages()).toString(),
        it.inherited() + " " + it.conditional(),
        new TreeSet<>(it.because()).toString());
  }

  /** Roles, routes and stages one by one; what is alike in several stages is one line. */
  private static List<String> plain(Policy before, Policy after) {
    var lines = new ArrayList<String>();
    for (Api api : apis(before, after)) {
      for (RoleName role : NAMES) {
        var stages = new TreeMap<String, TreeSet<String>>();
        var shown = new TreeMap<String, String>();
        for (String stage : List.of("dev", "prod", "test")) {
          SortedMap<String, Grant> old = grants(before, api, stage, role);
          SortedMap<String, Grant> now = grants(after, api, stage, role);
          var routes = new TreeSet<>(old.keySet());
          routes.addAll(now.keySet());
          for (String route : routes) {
            Grant was = old.get(route);
            Grant is = now.get(route);
            kind(was, is, before, after)
                .ifPresent(
                    kind -> {
                      String key = kind + " " + role + " " + api.name() + " " + route;
                      stages.computeIfAbsent(key, it -> new TreeSet<>()).add(stage);
                      shown.put(key, why(Objects.requireNonNull(is == null ? was : is)));
                    });
          }
        }
        stages.forEach((key, at) -> lines.add(key + " " + at + " " + shown.get(key)));
      }
    }
    return lines.stream().sorted().toList();
  }

  private static List<Api> apis(Policy before, Policy after) {
    var apis = new TreeMap<ApiId, Api>();
    before.apis().forEach(api -> apis.put(api.id(), api));
    after.apis().forEach(api -> apis.put(api.id(), api));
    return List.copyOf(apis.values());
  }

  private static SortedMap<String, Grant> grants(
      Policy policy, Api api, String stage, RoleName role) {
    var grants = new TreeMap<String, Grant>();
    Optional<Api> here = policy.api(api.id());
    boolean has = policy.role(role).isPresent() || role.equals(RoleName.AUTHENTICATED);
    if (has && here.isPresent() && here.get().stages().contains(stage)) {
      Grants.of(here.get(), stage, role, policy.graph(), policy.permissions())
          .forEach(it -> grants.put(it.action() + " " + it.route().template(), it));
    }
    return grants;
  }

  private static Optional<GrantChange.Kind> kind(
      @Nullable Grant was, @Nullable Grant is, Policy before, Policy after) {
    boolean old = was != null && was.isAllowed();
    boolean now = is != null && is.isAllowed();
    if (old != now) {
      return Optional.of(now ? GrantChange.Kind.GAINED : GrantChange.Kind.LOST);
    }
    return was != null
            && is != null
            && now
            && (was.conditional() || is.conditional())
            && !says(was, before).equals(says(is, after))
        ? Optional.of(GrantChange.Kind.CHANGED)
        : Optional.empty();
  }

  private static List<String> says(Grant grant, Policy policy) {
    return grant.by().stream()
        .map(id -> policy.permissions().stream().filter(it -> it.id().equals(id)).findFirst())
        .map(Optional::orElseThrow)
        .map(it -> it.effect() + " " + it.resource() + it.condition() + it.validity() + it.role())
        .toList();
  }

  private static String why(Grant grant) {
    return grant.inherited()
        + " "
        + grant.conditional()
        + " "
        + grant.by().stream()
            .map(PermissionId::value)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Which roles are said to be concerned and are not, or the other way round. */
  private static List<String> concerned(Policy before, Policy after, List<Change> changes) {
    var wrong = new ArrayList<String>();
    var concerned = effect(before, after).concerned();
    for (Api api : changes.isEmpty() ? List.<Api>of() : apis(before, after)) {
      boolean same = before.api(api.id()).equals(after.api(api.id()));
      for (RoleName role : NAMES) {
        Set<Permission> old = held(before, api, role);
        Set<Permission> now = held(after, api, role);
        var both = new HashSet<>(old);
        both.retainAll(now);
        old.addAll(now);
        old.removeAll(both);
        Set<Permission> found =
            concerned.getOrDefault(api.id(), Map.of()).getOrDefault(role, Set.of());
        if (same && !found.equals(old)) {
          wrong.add(api.name() + " " + role + ": " + found + " instead of " + old);
        }
      }
    }
    return wrong;
  }

  private static Set<Permission> held(Policy policy, Api api, RoleName role) {
    return policy.role(role).isEmpty() && !role.equals(RoleName.AUTHENTICATED)
        ? new HashSet<>()
        : new HashSet<>(policy.permissionsOf(List.of(role), api.id()));
  }

  private static Policy policy(Random random) {
    List<Api> apis = List.of(api("one", random), api("two", random));
    var roles = new ArrayList<Role>();
    for (RoleName name : NAMES) {
      if (!name.equals(RoleName.AUTHENTICATED) && random.nextInt(6) > 0) {
        roles.add(role(name, roles, random));
      }
    }
    var permissions = new ArrayList<Permission>();
    for (int i = 0; i < 14; i++) {
      permissions.add(permission("p" + i, apis, roles, random));
    }
    return new Policy(apis, roles, permissions, List.of(), Rules.NONE);
  }

  private static Api api(String name, Random random) {
    var routes = new ArrayList<Route>();
    for (String path : PATHS) {
      if (random.nextInt(4) > 0) {
        routes.add(Route.parse((random.nextInt(4) == 0 ? "ANY " : "GET ") + path));
      }
    }
    if (routes.isEmpty()) {
      routes.add(Route.parse("GET /a"));
    }
    List<String> stages = random.nextInt(5) == 0 ? List.of("prod") : List.of("prod", "dev");
    return new Api(
        new ApiId("id-" + name), name, stages, new RouteTable(ApiType.REST, routes), true);
  }

  /** Inherits only roles before it: there is no cycle. */
  private static Role role(RoleName name, List<Role> before, Random random) {
    var inherits = new TreeSet<RoleName>();
    before.stream().filter(it -> random.nextInt(3) == 0).forEach(it -> inherits.add(it.name()));
    return new Role(name.value(), name, "", "", inherits);
  }

  private static Permission permission(String id, List<Api> apis, List<Role> roles, Random random) {
    var holders = new ArrayList<>(roles.stream().map(Role::name).toList());
    holders.add(RoleName.AUTHENTICATED);
    Api api = pick(apis, random);
    return new Permission(
        new PermissionId(id),
        pick(holders, random),
        random.nextInt(4) == 0 ? Effect.DENY : Effect.ALLOW,
        api.id(),
        random.nextInt(4) == 0 ? new StageScope(pick(api.stages(), random)) : StageScope.EVERY,
        random.nextInt(3) == 0 ? Action.VERBS : Set.of(Action.GET),
        ResourcePattern.parse(pick(PATTERNS, random)),
        random.nextInt(4) == 0 ? pick(CONDITIONS, random) : Condition.NONE,
        random.nextInt(8) == 0
            ? new Validity(null, Instant.parse("2027-01-01T00:00:00Z"))
            : Validity.ALWAYS,
        "");
  }

  private static <T> T pick(List<T> from, Random random) {
    return from.get(random.nextInt(from.size()));
  }

  /** Some rows of any kind removed, others altered, others added. */
  private static Policy changed(Policy policy, Random random) {
    List<Api> apis = new ArrayList<>(policy.apis());
    if (random.nextInt(4) == 0) {
      int at = random.nextInt(apis.size());
      Api other = api(apis.get(at).name(), random);
      apis.set(at, other);
    }
    var roles = new ArrayList<Role>();
    var gone = new HashSet<RoleName>();
    for (Role role : policy.roles()) {
      int what = random.nextInt(8);
      if (what == 0) {
        gone.add(role.name());
      } else {
        roles.add(what == 1 ? role(role.name(), roles, random) : without(role, gone));
      }
    }
    var permissions = new ArrayList<Permission>();
    for (Permission it : policy.permissions()) {
      int what = random.nextInt(8);
      boolean held = !gone.contains(it.role());
      boolean served = it.stage().isEvery() || isServed(it, apis);
      if (what == 1 || held && !served) {
        permissions.add(permission(it.id().value(), apis, roles, random));
      } else if (what > 1 && held) {
        permissions.add(it);
      }
    }
    if (random.nextBoolean()) {
      permissions.add(permission("q", apis, roles, random));
    }
    return new Policy(apis, roles, permissions, List.of(), Rules.NONE);
  }

  private static boolean isServed(Permission it, List<Api> apis) {
    return apis.stream()
        .filter(api -> api.id().equals(it.api()))
        .anyMatch(api -> api.stages().stream().anyMatch(stage -> it.stage().includes(stage)));
  }

  private static Role without(Role role, Set<RoleName> gone) {
    var inherits = new TreeSet<>(role.inherits());
    inherits.removeAll(gone);
    return new Role(role.id(), role.name(), "", "", inherits);
  }
}
