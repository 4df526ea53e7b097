package dev.grantway.report;

import dev.grantway.houserules.HostileTexts;
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
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Small policies full of what exports must not stumble over. */
record RandomWorld(Random random) {
  static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
  static final List<String> ROLES = List.of("r1", "-r2", "r3", "r4", "authenticated");

  /** Who is called the same by both is somebody else. */
  static final List<String> ISSUERS = List.of("corp", "partner");

  /** Subjects, clients and groups. */
  static final List<String> HOLDERS = List.of("=s1", "s,2");

  /** Each text is a value of a condition, and so of a cell. */
  static final List<String> TEXTS = HostileTexts.SHORT;

  private static final List<String> ROUTES =
      List.of(
          "GET /x", "POST /x", "GET /x/{id}", "ANY /x/{id}", "GET /x/{id}/y", "ANY /files/{path+}");
  private static final List<String> PATTERNS =
      List.of("/x", "/x/{id}", "/x/42", "/x/${claims.sub}", "/**", "/x/**", "/files/{path+}");

  /** Some are tagged, and some have an owner. */
  private static Route route(String text) {
    Route plain = Route.parse(text);
    var tags = new TreeSet<String>();
    if (text.startsWith("GET")) {
      tags.add("Reads");
    }
    if (text.contains("{")) {
      tags.add("one");
    }
    return new Route(
        plain.actions(),
        plain.template(),
        "",
        tags,
        text.contains("files") ? "team-files" : "",
        Route.Access.GRANTED,
        Route.State.CURRENT);
  }

  Policy policy() {
    var apis = new ArrayList<Api>();
    for (String id : List.of("a1", "a2")) {
      apis.add(
          new Api(
              new ApiId(id),
              "api-" + id,
              List.of("dev", "prod"),
              new RouteTable(ApiType.REST, ROUTES.stream().map(RandomWorld::route).toList()),
              true));
    }
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    for (int i = 0; i < ROLES.size(); i++) {
      var name = new RoleName(ROLES.get(i));
      boolean builtIn = name.equals(RoleName.AUTHENTICATED);
      if (!builtIn) {
        var inherits = new TreeSet<RoleName>();
        for (int k = 0; k < i; k++) {
          if (random.nextInt(4) == 0) {
            inherits.add(new RoleName(ROLES.get(k)));
          }
        }
        roles.add(new Role(name.value(), name, "", "", inherits));
      }
      int count = random.nextInt(builtIn ? 2 : 5);
      for (int k = 0; k < count; k++) {
        permissions.add(permission(name, k, apis.get(random.nextInt(2)).id()));
      }
    }
    return new Policy(apis, roles, permissions, assignments(), Rules.NONE);
  }

  /** Small, with a cell of conditions that is as long as a sheet holds. */
  static Policy ofLongestCell() {
    var api =
        new Api(
            new ApiId("a1"),
            "api-a1",
            List.of("prod"),
            new RouteTable(ApiType.REST, List.of(route("GET /x"))),
            true);
    var role = new RoleName("r1");
    String before = "p: StringEquals claims.region ";
    var permission =
        new Permission(
            new PermissionId("p"),
            role,
            Effect.ALLOW,
            api.id(),
            StageScope.EVERY,
            Set.of(Action.GET),
            ResourcePattern.parse("/x"),
            new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.STRING_EQUALS,
                        new Attribute.Claim("region"),
                        List.of(
                            HostileTexts.ofLength(HostileTexts.LONGEST_CELL - before.length()))))),
            Validity.ALWAYS,
            "");
    return new Policy(
        List.of(api),
        List.of(Role.bare(role)),
        List.of(permission),
        List.of(new Assignment(role, "corp", Assignment.Kind.SUBJECT, "s", null)),
        Rules.NONE);
  }

  private List<Assignment> assignments() {
    var assignments = new ArrayList<Assignment>();
    for (Assignment.Kind kind : Assignment.Kind.values()) {
      for (String value : HOLDERS) {
        for (String role : ROLES.subList(0, ROLES.size() - 1)) {
          if (random.nextInt(4) == 0) {
            Instant until = NOW.plus(Duration.ofDays(random.nextInt(-1, 4)));
            assignments.add(
                new Assignment(
                    new RoleName(role),
                    issuer(),
                    kind,
                    value,
                    random.nextBoolean() ? until : null));
          }
        }
      }
    }
    return assignments;
  }

  /** Who is in groups of these policies, and in one that they do not name. */
  MembershipList members() {
    var rows = new ArrayList<Membership>();
    for (String subject : List.of("=s1", "s,2", "member")) {
      for (String group : List.of("=s1", "s,2", "elsewhere")) {
        if (random.nextBoolean()) {
          rows.add(new Membership(issuer(), subject, group));
        }
      }
    }
    return new MembershipList(NOW, "ana", rows);
  }

  private String issuer() {
    return ISSUERS.get(random.nextInt(ISSUERS.size()));
  }

  private Permission permission(RoleName role, int number, ApiId api) {
    Instant soon = NOW.plus(Duration.ofDays(random.nextInt(-2, 3)));
    Validity validity =
        switch (random.nextInt(6)) {
          case 0 -> new Validity(null, soon);
          case 1 -> new Validity(soon, null);
          case 2 -> new Validity(soon, soon.plusSeconds(60));
          default -> Validity.ALWAYS;
        };
    Condition condition =
        random.nextInt(3) == 0
            ? new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.STRING_EQUALS,
                        new Attribute.Claim("region"),
                        List.of(TEXTS.get(random.nextInt(TEXTS.size()))))))
            : Condition.NONE;
    return new Permission(
        new PermissionId(role + "-" + number),
        role,
        random.nextInt(3) == 0 ? Effect.DENY : Effect.ALLOW,
        api,
        random.nextInt(4) == 0 ? new StageScope("prod") : StageScope.EVERY,
        random.nextInt(3) == 0 ? Action.VERBS : Set.of(Action.GET),
        ResourcePattern.parse(PATTERNS.get(random.nextInt(PATTERNS.size()))),
        condition,
        validity,
        "");
  }
}
