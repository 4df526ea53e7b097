package dev.grantway.admin.whocan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Moment;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decision;
import dev.grantway.decision.PolicyTest;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
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
import dev.grantway.policyfile.PolicyDecider;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * SEM-10: what reverse questions answer of roles and of people is what {@code decide} says of every
 * request that they may make, on random policies. A failure prints the seed; {@code
 * -Dgrantway.seed=…} repeats a run.
 */
class WhoCanDecidedTest {
  private static final int WORLDS = 25;
  private static final ApiId API = new ApiId("a1");
  private static final List<String> ROUTES =
      List.of("GET /a", "GET /a/{x}", "POST /a/{x}", "GET /a/b", "ANY /f/{p+}", "GET /f/one");
  private static final List<String> PATHS =
      List.of("/a", "/a/b", "/a/42", "/a/me", "/f/one", "/f/x", "/f/x/y");
  private static final List<String> PATTERNS =
      List.of("/a", "/a/{x}", "/a/b", "/a/42", "/a/${claims.sub}", "/a/**", "/**", "/f/{p+}");
  private static final List<String> NAMES = List.of("r1", "r2", "r3", "r4", "authenticated");
  private static final Instant CUT = World.START.plus(Duration.ofDays(1));
  private static final List<Instant> TIMES = List.of(World.START, CUT, CUT.plusSeconds(1));

  private final Map<Standing.Kind, Integer> counted = new EnumMap<>(Standing.Kind.class);

  @Test
  void rolesAndPeopleStandAsDecideSays() {
    long seed = Long.getLong("grantway.seed", new Random().nextLong());
    System.out.println("who can, seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < WORLDS; i++) {
      Policy policy = policy(random);
      var world = new World(policy);
      var whoCan =
          new WhoCanService(world.repository, world.operators, world.activity, world.clock);
      world.clock.advance(Duration.between(World.START, TIMES.getLast()));
      for (Instant at : TIMES) {
        for (String stage : List.of("dev", "prod")) {
          agrees("seed " + seed + ", world " + i, policy, whoCan, stage, at);
        }
      }
    }
    assertThat(counted.keySet()).as("worlds that show something").hasSize(4);
  }

  private void agrees(String which, Policy policy, WhoCanService whoCan, String stage, Instant at) {
    Api api = policy.apis().getFirst();
    var decider = new PolicyDecider(policy);
    for (Route route : api.routes().routes()) {
      for (Action action : api.routes().actionsOf(route)) {
        if (action != Action.GET && action != Action.POST) {
          continue;
        }
        var found = whoCan.route(API, stage, route.text(action), new Moment.OfInstant(at));
        RouteAnswer answer = ((Found.Answer<RouteAnswer>) found).value();
        for (String name : NAMES) {
          Standing standing = standing(answer, name);
          counted.merge(standing.kind(), 1, Integer::sum);
          String where = which + ": " + name + " " + stage + " " + answer.text() + " " + at;
          for (PolicyTest.Caller caller : callers("", List.of(name))) {
            holds(where, standing, decisions(decider, api, caller, stage, route, action, at));
          }
        }
        for (HolderAnswer holder : answer.holders()) {
          String where = which + ": " + holder + " " + stage + " " + answer.text() + " " + at;
          for (PolicyTest.Caller caller : callers(holder.holder().value(), List.of())) {
            holds(
                where,
                holder.standing(),
                decisions(decider, api, caller, stage, route, action, at));
          }
        }
      }
    }
  }

  private static Standing standing(RouteAnswer answer, String name) {
    return answer.roles().stream()
        .filter(it -> it.role().value().equals(name))
        .findFirst()
        .orElse(answer.everybody())
        .standing();
  }

  private static void holds(String where, Standing standing, List<Decision> decisions) {
    for (Decision decision : decisions) {
      if (!standing.isAllowed()) {
        assertThat(decision.isAllowed()).as("%s is %s: %s", where, standing, decision).isFalse();
      } else if (!standing.conditional()) {
        assertThat(decision.isAllowed()).as("%s is %s: %s", where, standing, decision).isTrue();
      }
    }
  }

  private static List<PolicyTest.Caller> callers(String subject, List<String> roles) {
    var callers = new ArrayList<PolicyTest.Caller>();
    for (String region : List.of("", "eu", "us")) {
      Map<String, ClaimValue> claims =
          region.isEmpty()
              ? Map.of("sub", new ClaimValue.Text("me"))
              : Map.of("sub", new ClaimValue.Text("42"), "region", new ClaimValue.Text(region));
      callers.add(new PolicyTest.Caller("corp", subject, "", List.of(), roles, claims, List.of()));
    }
    return callers;
  }

  /** Of every path that the route serves. */
  private static List<Decision> decisions(
      PolicyDecider decider,
      Api api,
      PolicyTest.Caller caller,
      String stage,
      Route route,
      Action action,
      Instant at) {
    RouteTable table = api.routes();
    return PATHS.stream()
        .filter(path -> table.route(action, RequestPath.of(path)).filter(route::equals).isPresent())
        .map(
            path ->
                decider.decision(
                    new PolicyDecider.Question(
                        caller, API.value(), stage, action, path, "", RequestContext.at(at))))
        .toList();
  }

  private static Policy policy(Random random) {
    var api =
        new Api(
            API,
            "a",
            List.of("dev", "prod"),
            new RouteTable(ApiType.REST, ROUTES.stream().map(Route::parse).toList()),
            true);
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    for (int i = 0; i < NAMES.size(); i++) {
      var name = new RoleName(NAMES.get(i));
      boolean builtIn = name.equals(RoleName.AUTHENTICATED);
      if (!builtIn) {
        var inherits = new TreeSet<RoleName>();
        for (int k = 0; k < i; k++) {
          if (random.nextInt(4) == 0) {
            inherits.add(new RoleName(NAMES.get(k)));
          }
        }
        roles.add(new Role(name.value(), name, "", "", inherits));
      }
      int count = random.nextInt(builtIn ? 2 : 4);
      for (int k = 0; k < count; k++) {
        permissions.add(permission(random, name, k));
      }
    }
    var assignments = new ArrayList<Assignment>();
    for (String subject : List.of("mia", "tom")) {
      for (String role : NAMES.subList(0, 4)) {
        if (random.nextInt(3) == 0) {
          assignments.add(
              new Assignment(
                  new RoleName(role),
                  "corp",
                  Assignment.Kind.SUBJECT,
                  subject,
                  random.nextBoolean() ? null : CUT));
        }
      }
    }
    return new Policy(List.of(api), roles, permissions, assignments, Rules.NONE);
  }

  private static Permission permission(Random random, RoleName role, int number) {
    Validity validity =
        switch (random.nextInt(4)) {
          case 0 -> new Validity(null, CUT);
          case 1 -> new Validity(CUT, null);
          default -> Validity.ALWAYS;
        };
    Condition condition =
        random.nextInt(4) == 0
            ? new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.STRING_EQUALS, new Attribute.Claim("region"), List.of("eu"))))
            : Condition.NONE;
    return new Permission(
        new PermissionId(role + "-" + number),
        role,
        random.nextInt(3) == 0 ? Effect.DENY : Effect.ALLOW,
        API,
        random.nextInt(4) == 0 ? new StageScope("prod") : StageScope.EVERY,
        random.nextInt(3) == 0 ? Action.VERBS : Set.of(Action.GET),
        ResourcePattern.parse(PATTERNS.get(random.nextInt(PATTERNS.size()))),
        condition,
        validity,
        "");
  }
}
