package dev.grantway.analysis;

import static dev.grantway.analysis.World.during;
import static dev.grantway.analysis.World.on;
import static dev.grantway.analysis.World.permission;
import static dev.grantway.analysis.World.when;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.policy.Rules.Invariant;
import dev.grantway.policy.Rules.Invariant.Claim;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.ResourcePattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Invariants against cases written out, and against every case of small worlds. */
class InvariantsTest {
  private static final World ORDERS =
      World.of(
          ApiType.REST,
          "GET /orders",
          "POST /orders",
          "GET /orders/{id}",
          "POST /orders/{id}/refunds",
          "GET /orders/search",
          "GET /users/{sub}");
  private static final Claim NO_SELF_REFUND =
      new Claim.NeverBoth("POST /orders", "POST /orders/{id}/refunds");
  private static final RoleName STAFF = new RoleName("staff");
  private static final RoleName LEAD = new RoleName("lead");

  private static Condition.Clause clause(Operator operator, Attribute attribute, String... values) {
    return new Condition.Clause(operator, attribute, List.of(values));
  }

  private static Condition.Clause region(Operator operator, String... values) {
    return clause(operator, new Attribute.Claim("region"), values);
  }

  private static Claim neverPost(RoleName role) {
    return new Claim.NeverRole(role, Set.of(Action.POST), ResourcePattern.parse("/**"));
  }

  private static List<String> broken(
      World world,
      Claim claim,
      List<String> except,
      List<Assignment> assignments,
      Permission... permissions) {
    Policy base = world.policy(List.of(permissions));
    var rules =
        new Rules(
            List.of(new Invariant("rule", new ApiId("a1"), claim, except)),
            List.of(),
            List.of(),
            List.of(),
            Rules.Retention.EVERYTHING);
    return Invariants.of(
            new Policy(base.apis(), base.roles(), base.permissions(), assignments, rules),
            List.of(),
            World.NOW)
        .stream()
        .map(Finding::message)
        .toList();
  }

  private static List<String> broken(Claim claim, Permission... permissions) {
    return broken(ORDERS, claim, List.of(), List.of(), permissions);
  }

  private static Assignment assigned(String role, String value, @Nullable Instant untilOrNull) {
    return new Assignment(new RoleName(role), "corp", Assignment.Kind.SUBJECT, value, untilOrNull);
  }

  @Test
  void neverBothNamesTheLeastThatMayDoBoth() {
    Permission place = permission("place", "staff", "ALLOW", "POST /orders");
    Permission refund = permission("refund", "lead", "ALLOW", "POST /orders/{id}/refunds");
    assertThat(broken(NO_SELF_REFUND, place)).isEmpty();
    assertThat(broken(NO_SELF_REFUND, place, refund))
        .containsExactly(
            "invariant `rule` does not hold: role `lead` may call both `prod: POST /orders` and"
                + " `prod: POST /orders/any/refunds`, by `place`, `refund`");
    assertThat(broken(ORDERS, NO_SELF_REFUND, List.of("lead"), List.of(), place, refund)).isEmpty();
    Permission stop = permission("stop", "lead", "DENY", "POST /orders");
    assertThat(broken(NO_SELF_REFUND, place, refund, stop)).isEmpty();
  }

  @Test
  void whatAnAssignedSubjectHasTogetherCounts() {
    Permission place = permission("place", "staff", "ALLOW", "POST /orders");
    Permission refund = permission("refund", "other", "ALLOW", "POST /orders/{id}/refunds");
    World world = ORDERS;
    Policy two = world.policy(List.of(place));
    var roles = new ArrayList<>(two.roles());
    roles.add(new Role("other", new RoleName("other"), "", "", new TreeSet<>()));
    var invariant = new Invariant("rule", new ApiId("a1"), NO_SELF_REFUND, List.of());
    var rules =
        new Rules(List.of(invariant), List.of(), List.of(), List.of(), Rules.Retention.EVERYTHING);
    List<Assignment> both =
        List.of(assigned("staff", "alice", null), assigned("other", "alice", null));
    assertThat(
            Invariants.of(
                new Policy(two.apis(), roles, List.of(place, refund), both, rules),
                List.of(),
                World.NOW))
        .extracting(Finding::message)
        .containsExactly(
            "invariant `rule` does not hold: subject `alice` of issuer `corp` with roles `other`,"
                + " `staff` may call both `prod: POST /orders` and `prod: POST /orders/any/refunds`,"
                + " by `place`, `refund`");
    List<Assignment> over =
        List.of(assigned("staff", "alice", null), assigned("other", "alice", World.NOW));
    var unassigned = new Policy(two.apis(), roles, List.of(place, refund), over, rules);
    assertThat(Invariants.of(unassigned, List.of(), World.NOW)).isEmpty();
    assertThat(Invariants.of(unassigned, List.of(Set.of(STAFF, new RoleName("other"))), World.NOW))
        .extracting(Finding::message)
        .singleElement()
        .asString()
        .contains("a caller with roles `other`, `staff`");
  }

  @Test
  void conditionsThatExcludeEachOtherAreSeen() {
    Permission place =
        when(
            permission("place", "staff", "ALLOW", "POST /orders"),
            region(Operator.STRING_EQUALS, "eu"));
    Permission refund = permission("refund", "staff", "ALLOW", "POST /orders/{id}/refunds");
    assertThat(
            broken(NO_SELF_REFUND, place, when(refund, region(Operator.STRING_EQUALS, "us", "ch"))))
        .as("one claim is one list at most, and a list may hold both")
        .singleElement()
        .asString()
        .contains("with claims.region `");
    assertThat(
            broken(NO_SELF_REFUND, place, when(refund, region(Operator.STRING_NOT_EQUALS, "eu"))))
        .isEmpty();
    assertThat(
            broken(
                NO_SELF_REFUND,
                place,
                refund,
                when(
                    permission("no", "staff", "DENY", "POST /orders"),
                    region(Operator.STRING_LIKE, "e*"))))
        .isEmpty();
  }

  @Test
  void neverRoleLooksAtEveryRequestStageAndTime() {
    Permission later =
        during(
            on(permission("later", "staff", "ALLOW", "POST /orders/{id}/refunds"), "dev"),
            new Validity(World.LATER, World.END));
    assertThat(broken(neverPost(STAFF), later))
        .containsExactly(
            "invariant `rule` does not hold: role `staff` may call `dev: POST"
                + " /orders/any/refunds`, with at 2026-07-01T00:00:00Z, by `later`");
    assertThat(broken(neverPost(STAFF), permission("read", "staff", "ALLOW", "GET /**"))).isEmpty();
    assertThat(broken(neverPost(STAFF), permission("lead", "lead", "ALLOW", "POST /orders")))
        .as("what a heir may do says nothing of the role")
        .isEmpty();
    assertThat(broken(neverPost(LEAD), permission("own", "staff", "ALLOW", "POST /orders")))
        .as("what it inherits does")
        .hasSize(1);
    assertThat(
            broken(neverPost(STAFF), permission("all", "authenticated", "ALLOW", "POST /orders")))
        .hasSize(1);
  }

  @Test
  void alwaysIsBrokenByAConditionATimeAndAMissingRoute() {
    var look = new Claim.Always(STAFF, "GET /orders/{id}");
    Permission read = permission("read", "staff", "ALLOW", "GET /orders/{id}");
    assertThat(broken(look, read)).isEmpty();
    assertThat(broken(look, when(read, region(Operator.STRING_EQUALS, "eu"))))
        .containsExactly(
            "invariant `rule` does not hold: role `staff` may not call `prod: GET /orders/any`");
    assertThat(broken(look, during(read, new Validity(null, World.END))))
        .containsExactly(
            "invariant `rule` does not hold: role `staff` may not call `prod: GET /orders/any`,"
                + " with at 2026-08-01T00:00:00Z");
    assertThat(broken(look, read, permission("not42", "lead", "DENY", "GET /orders/42")))
        .as("a heir that is nobody's: nothing is said of it")
        .isEmpty();
    assertThat(
            broken(
                ORDERS,
                look,
                List.of(),
                List.of(assigned("staff", "alice", null), assigned("lead", "alice", null)),
                read,
                permission("not42", "lead", "DENY", "GET /orders/42")))
        .singleElement()
        .asString()
        .contains("subject `alice`", "may not call `prod: GET /orders/42`", "by `not42`");
    assertThat(broken(new Claim.Always(STAFF, "GET /gone"), read))
        .containsExactly("invariant `rule` does not hold: no route serves `GET /gone`");
  }

  @Test
  void claimsInPathsAreBound() {
    Permission own = permission("own", "staff", "ALLOW", "GET /users/${claims.sub}");
    var nobody =
        new Claim.NeverRole(STAFF, Set.of(Action.GET), ResourcePattern.parse("/users/{sub}"));
    assertThat(broken(nobody, own))
        .containsExactly(
            "invariant `rule` does not hold: role `staff` may call `prod: GET /users/any`, with"
                + " claims.sub `any`, by `own`");
    assertThat(broken(nobody, own, permission("no", "staff", "DENY", "GET /users/${claims.sub}")))
        .isEmpty();
    assertThat(broken(new Claim.Always(STAFF, "GET /users/{sub}"), own)).hasSize(1);
  }

  @Test
  void everybodyIsAskedFirstAndARoleThatIsGoneAsWell() {
    Permission place = permission("place", "authenticated", "ALLOW", "POST /orders");
    Permission refund = permission("refund", "authenticated", "ALLOW", "POST /orders/{id}/refunds");
    assertThat(broken(NO_SELF_REFUND, place, refund))
        .singleElement()
        .asString()
        .contains("everybody may call both");
    assertThat(broken(new Claim.Always(new RoleName("gone"), "GET /orders"), place))
        .singleElement()
        .asString()
        .contains("role `gone` may not call");
  }

  @Test
  void aClaimThatIsNeitherTextNorNumberIsAValueToo() {
    var look = new Claim.Always(STAFF, "GET /orders");
    Permission without =
        when(permission("without", "staff", "ALLOW", "GET /orders"), region(Operator.NULL, "true"));
    Permission text =
        when(
            permission("text", "staff", "ALLOW", "GET /orders"), region(Operator.STRING_LIKE, "*"));
    assertThat(broken(look, without, text))
        .singleElement()
        .asString()
        .contains("claims.region neither text nor number");
  }

  @Test
  void numbersAreTriedAtAndBesideTheirLimits() {
    var amount = new Attribute.Claim("amount");
    var look = new Claim.Always(STAFF, "GET /orders");
    Permission read = permission("read", "staff", "ALLOW", "GET /orders");
    Permission much =
        when(
            permission("much", "staff", "DENY", "GET /orders"),
            clause(Operator.NUMERIC_GREATER_THAN, amount, "100"),
            clause(Operator.NUMERIC_LESS_THAN, amount, "100.5"));
    assertThat(broken(look, read, much)).hasSize(1);
    Permission none =
        when(
            permission("none", "staff", "ALLOW", "POST /orders"),
            clause(Operator.NUMERIC_GREATER_THAN, amount, "100"),
            clause(Operator.NUMERIC_LESS_THAN_EQUALS, amount, "100"));
    assertThat(broken(neverPost(STAFF), none))
        .as("a list may hold a number on either side")
        .hasSize(1);
    Permission apart =
        when(
            permission("apart", "staff", "ALLOW", "POST /orders"),
            clause(Operator.BOOL, new Attribute.Claim("mfa"), "true"),
            clause(Operator.NULL, new Attribute.Claim("mfa"), "true"));
    assertThat(broken(neverPost(STAFF), apart)).isEmpty();
  }

  @Test
  void everySetOfGlobsIsShownByAText() {
    assertThat(Glob.everyWay(List.of(Glob.pattern("a*"))).orElseThrow())
        .hasSize(2)
        .allMatch(text -> !text.isEmpty())
        .anyMatch(text -> !text.startsWith("a"));
    assertThat(
            Glob.everyWay(List.of(Glob.pattern("a*"), Glob.pattern("*b"), Glob.literal("a*")))
                .orElseThrow())
        .contains("a*", "ab")
        .hasSize(5);
    assertThat(Glob.everyWay(List.of(Glob.literal("x".repeat(80))))).isEmpty();
  }

  @Test
  void webSocketsAreAskedByRouteKey() {
    World live = World.of(ApiType.WEBSOCKET, "$connect", "$default", "send");
    Permission send = permission("send", "staff", "ALLOW", "send");
    Permission connect = permission("connect", "staff", "ALLOW", "$connect");
    assertThat(
            broken(
                live, new Claim.NeverBoth("$connect", "send"), List.of(), List.of(), send, connect))
        .singleElement()
        .asString()
        .contains("may call both `prod: $connect` and `prod: send`");
    assertThat(broken(live, new Claim.Always(STAFF, "$connect"), List.of(), List.of(), connect))
        .isEmpty();
  }

  @Test
  void whatComesOutInTooManyWaysIsNotProved() {
    var clauses = new ArrayList<Condition.Clause>();
    for (int i = 0; i < 9; i++) {
      clauses.add(clause(Operator.STRING_EQUALS, new Attribute.Claim("c" + i), "a", "b"));
    }
    Permission post =
        when(
            permission("post", "staff", "ALLOW", "POST /orders"),
            clauses.toArray(Condition.Clause[]::new));
    assertThat(broken(neverPost(STAFF), post))
        .containsExactly(
            "invariant `rule` is not proved: what role `staff` may do comes out in too many ways to"
                + " compare");
  }

  /** The search against every case of a small world, one by one. */
  @Test
  void smallWorldsAgreeWithEveryCaseOneByOne() {
    long seed = Long.getLong("grantway.seed", System.nanoTime());
    System.out.println("InvariantsTest seed " + seed);
    var random = new Random(seed);
    int holding = 0;
    int rounds = 400;
    for (int round = 0; round < rounds; round++) {
      Permission[] permissions = permissions(random);
      Claim claim = claim(random);
      boolean found = !broken(claim, permissions).isEmpty();
      assertThat(found)
          .as("round %s: %s of %s", round, claim, List.of(permissions))
          .isEqualTo(isBroken(claim, List.of(permissions)));
      holding += found ? 0 : 1;
    }
    assertThat(holding).isBetween(rounds / 10, rounds * 9 / 10);
  }

  private static Claim claim(Random random) {
    List<String> requests =
        List.of(
            "POST /orders", "POST /orders/{id}/refunds", "GET /orders/{id}", "GET /users/{sub}");
    return switch (random.nextInt(3)) {
      case 0 -> new Claim.NeverBoth(any(random, requests), any(random, requests));
      case 1 ->
          new Claim.NeverRole(
              any(random, List.of(STAFF, LEAD)),
              Set.of(Action.GET, Action.POST),
              ResourcePattern.parse(
                  any(random, List.of("/orders/**", "/orders/{id}", "/orders/42", "/users/{s}"))));
      default -> new Claim.Always(any(random, List.of(STAFF, LEAD)), any(random, requests));
    };
  }

  private static <T> T any(Random random, List<T> items) {
    return items.get(random.nextInt(items.size()));
  }

  private static Permission[] permissions(Random random) {
    List<String> what =
        List.of(
            "POST /orders",
            "POST /orders/{id}/refunds",
            "GET /orders/{id}",
            "GET /orders/42",
            "GET,POST /orders/**",
            "* /**",
            "GET /users/${claims.sub}");
    var permissions = new Permission[2 + random.nextInt(3)];
    for (int i = 0; i < permissions.length; i++) {
      Permission one =
          permission(
              "p" + i,
              any(random, List.of("staff", "staff", "lead")),
              random.nextInt(3) == 0 ? "DENY" : "ALLOW",
              any(random, what));
      if (random.nextInt(2) == 0) {
        one =
            when(
                one,
                any(
                    random,
                    List.of(
                        region(Operator.STRING_EQUALS, "eu"),
                        region(Operator.STRING_EQUALS, "eu", "us"),
                        region(Operator.STRING_NOT_EQUALS, "eu"),
                        region(Operator.STRING_LIKE, "e?"),
                        region(Operator.NULL, "true"),
                        clause(
                            Operator.DATE_LESS_THAN, new Attribute.Now(), World.LATER.toString()),
                        clause(Operator.IP_ADDRESS, new Attribute.SourceIp(), "10.0.0.0/8"),
                        clause(Operator.NOT_IP_ADDRESS, new Attribute.SourceIp(), "10.1.0.0/16"))));
      }
      if (random.nextInt(4) == 0) {
        one = during(one, new Validity(World.LATER, World.END));
      }
      permissions[i] = one;
    }
    return permissions;
  }

  private static final List<Map<String, ClaimValue>> CLAIMS = claims();

  private static List<Map<String, ClaimValue>> claims() {
    var regions = new ArrayList<ClaimValue>();
    for (String text : List.of("eu", "us", "ex", "other")) {
      regions.add(new ClaimValue.Text(text));
    }
    regions.add(new ClaimValue.Opaque());
    regions.add(ClaimValue.Items.of(List.of("eu", "us")));
    regions.add(ClaimValue.Items.of(List.of("ex", "us")));
    regions.add(ClaimValue.Items.of(List.of("ex", "other")));
    regions.add(new ClaimValue.Items(List.of(new ClaimValue.Opaque(), new ClaimValue.Text("us"))));
    var claims = new ArrayList<Map<String, ClaimValue>>();
    for (String sub : List.of("", "me", "x|y")) {
      Map<String, ClaimValue> own =
          sub.isEmpty() ? Map.of() : Map.of("sub", new ClaimValue.Text(sub));
      claims.add(own);
      for (ClaimValue region : regions) {
        var more = new HashMap<>(own);
        more.put("region", region);
        claims.add(more);
      }
    }
    return claims;
  }

  private static boolean isBroken(Claim claim, List<Permission> permissions) {
    List<Set<RoleName>> everybody = List.of(Set.of(), Set.of(STAFF), Set.of(STAFF, LEAD));
    return switch (claim) {
      case Claim.NeverBoth(var first, var second) ->
          everybody.stream()
              .anyMatch(
                  roles ->
                      CLAIMS.stream()
                          .anyMatch(
                              claims ->
                                  some(first, roles, claims, permissions, true)
                                      && some(second, roles, claims, permissions, true)));
      case Claim.NeverRole(var role, var actions, var resource) ->
          CLAIMS.stream()
              .anyMatch(
                  claims ->
                      actions.stream()
                          .anyMatch(
                              action ->
                                  some(
                                      action + " " + resource,
                                      held(role),
                                      claims,
                                      permissions,
                                      true)));
      case Claim.Always(var role, var request) ->
          CLAIMS.stream().anyMatch(claims -> some(request, held(role), claims, permissions, false));
    };
  }

  private static Set<RoleName> held(RoleName role) {
    return role.equals(LEAD) ? Set.of(STAFF, LEAD) : Set.of(STAFF);
  }

  /** Whether in some context some request of that text is allowed, or is not. */
  private static boolean some(
      String request,
      Set<RoleName> roles,
      Map<String, ClaimValue> claims,
      Collection<Permission> permissions,
      boolean allowed) {
    Action action = Action.valueOf(request.substring(0, request.indexOf(' ')));
    String text = request.substring(request.indexOf(' ') + 1);
    var held = new TreeSet<>(roles);
    held.add(RoleName.AUTHENTICATED);
    var principal = new Principal("", "", "", Set.of(), held, claims, Set.of());
    for (String path : paths(text)) {
      for (Instant at : List.of(World.NOW, World.LATER, World.END)) {
        for (String ip : List.of("", "10.1.0.1", "10.2.0.1", "192.0.2.1")) {
          var context = new RequestContext(ip, Map.of(), Map.of(), at);
          var asked =
              new AccessRequest(
                  new ApiId("a1"), "prod", action, RequestPath.of(path), null, principal, context);
          boolean routed = ORDERS.api().routes().route(action, RequestPath.of(path)).isPresent();
          if (routed && ORDERS.decide(asked, permissions).isAllowed() == allowed) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Those that a permission of that text would cover. */
  private static List<String> paths(String text) {
    List<String> all =
        List.of(
            "/orders",
            "/orders/42",
            "/orders/43",
            "/orders/search",
            "/orders/42/refunds",
            "/orders/43/refunds",
            "/users/me",
            "/users/you");
    return switch (text) {
      case "/orders/**" -> all.stream().filter(path -> path.startsWith("/orders")).toList();
      case "/orders/{id}" -> List.of("/orders/42", "/orders/43");
      case "/orders/{id}/refunds" -> List.of("/orders/42/refunds", "/orders/43/refunds");
      case "/users/{sub}", "/users/{s}" -> List.of("/users/me", "/users/you");
      default -> Arrays.asList(text);
    };
  }
}
