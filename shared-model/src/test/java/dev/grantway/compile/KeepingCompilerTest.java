package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Template;
import java.time.Instant;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** COMP-08: a kept document is never handed to anybody for whom another one would be compiled. */
class KeepingCompilerTest {
  private static final Api API =
      Worlds.api(
          ApiType.REST,
          "GET /users",
          "GET /users/{id}",
          "GET /users/{id}/orders",
          "POST /users/{id}/orders");
  private static final RoleName OTHER = new RoleName("other");
  private static final Instant BOUNDARY = Worlds.NOW.plusSeconds(3600);

  private static final List<Permission> PERMISSIONS =
      List.of(
          Worlds.permission("ALLOW GET /users/${claims.sub}/orders"),
          Worlds.permission("ALLOW GET /users", Condition.NONE, new Validity(Worlds.NOW, BOUNDARY)),
          Worlds.permission("ALLOW POST /users/{id}/orders"));

  private final KeepingCompiler compiler = new KeepingCompiler(100);

  private static CompileRequest request(
      String sub, Set<RoleName> roles, Instant now, CacheKey key, Action action, String template) {
    var access =
        new AccessRequest(
            Worlds.ID,
            "prod",
            action,
            RequestPath.of("/"),
            Template.parse(template),
            new Principal(
                "dev",
                sub,
                "",
                Set.of(),
                roles,
                Map.of("sub", new ClaimValue.Text(sub), "name", new ClaimValue.Text("x" + now)),
                Set.of()),
            RequestContext.at(now));
    List<Permission> held = roles.contains(Worlds.ROLE) ? PERMISSIONS : List.of();
    return new CompileRequest(
        API, access, held, Worlds.ARN, key, Map.of(), CompileOptions.DEFAULTS);
  }

  private static CompileRequest stage(String sub, Instant now) {
    return request(sub, Set.of(Worlds.ROLE), now, CacheKey.TOKEN, Action.GET, "/users");
  }

  @Test
  void theSameQuestionIsAnsweredWithTheSameDocument() {
    Compilation first = compiler.compile(stage("alice", Worlds.NOW), "r1");
    assertThat(compiler.compile(stage("alice", Worlds.NOW.plusSeconds(5)), "r1")).isSameAs(first);
    assertThat(compiler.compile(stage("alice", Worlds.NOW), "r2")).isNotSameAs(first);
  }

  @Test
  void twoSubjectsNeverShareADocumentThatBindsTheirClaim() {
    String alice = compiler.compile(stage("alice", Worlds.NOW), "r1").emitted().json();
    String bob = compiler.compile(stage("bob", Worlds.NOW), "r1").emitted().json();
    assertThat(alice).contains("/users/alice/orders").doesNotContain("bob");
    assertThat(bob).contains("/users/bob/orders").doesNotContain("alice");
  }

  @Test
  void aBoundaryWithinTheTtlIsNotReachedByAKeptDocument() {
    compiler.compile(stage("alice", Worlds.NOW), "r1");
    Instant near = BOUNDARY.minusSeconds(200);
    String json = compiler.compile(stage("alice", near), "r1").emitted().json();
    assertThat(json).contains("aws:CurrentTime").contains(BOUNDARY.toString());
    String after = compiler.compile(stage("alice", BOUNDARY), "r1").emitted().json();
    assertThat(after).doesNotContain("GET/users\"").doesNotContain("aws:CurrentTime");
    assertThat(compiler.compile(stage("alice", Worlds.NOW), "r1").emitted().json())
        .as("a clock that went back")
        .contains("GET/users\"");
  }

  @Test
  void aHeaderInTheKeyIsLookedAtWhateverKeyCameBefore() {
    List<Permission> permissions =
        List.of(
            Worlds.permission(
                "ALLOW GET /users",
                new Condition(
                    List.of(
                        new Condition.Clause(
                            Operator.STRING_EQUALS, new Attribute.Header("x-t"), List.of("1")))),
                Validity.ALWAYS));
    var withHeader = new CacheKey(DocumentScope.TOKEN, Set.of("x-t"), Set.of());
    assertThat(compiler.compile(sending("1", permissions, CacheKey.TOKEN), "r1").emitted().json())
        .doesNotContain("Allow");
    assertThat(compiler.compile(sending("1", permissions, withHeader), "r1").emitted().json())
        .contains("Allow");
    assertThat(compiler.compile(sending("2", permissions, withHeader), "r1").emitted().json())
        .doesNotContain("Allow");
  }

  private static CompileRequest sending(String header, List<Permission> permissions, CacheKey key) {
    AccessRequest access = stage("alice", Worlds.NOW).request();
    var sent =
        new AccessRequest(
            access.api(),
            access.stage(),
            access.action(),
            access.path(),
            null,
            access.principal(),
            new RequestContext("", Map.of("x-t", List.of(header)), Map.of(), Worlds.NOW));
    return new CompileRequest(
        API, sent, permissions, Worlds.ARN, key, Map.of(), CompileOptions.DEFAULTS);
  }

  /** Two callers who differ in one thing that a condition looks at, on one instance. */
  @Test
  void whatAConditionLooksAtIsNeverShared() {
    var byQuery = new CacheKey(DocumentScope.TOKEN, Set.of(), Set.of("q"));
    var eu = new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Claim("region"), ONE);
    var scope = new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Scopes(), ONE);
    var client = new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Client(), ONE);
    var query = new Condition.Clause(Operator.STRING_EQUALS, new Attribute.Query("q"), ONE);
    var now =
        new Condition.Clause(
            Operator.DATE_LESS_THAN, new Attribute.Now(), List.of(BOUNDARY.toString()));
    neverShared(eu, CacheKey.TOKEN, caller("1", "", ""), caller("2", "", ""));
    neverShared(scope, CacheKey.TOKEN, caller("", "1", ""), caller("", "2", ""));
    neverShared(client, CacheKey.TOKEN, caller("", "", "1"), caller("", "", "2"));
    neverShared(query, byQuery, asking("1", Worlds.NOW), asking("2", Worlds.NOW));
    neverShared(now, CacheKey.TOKEN, asking("", Worlds.NOW), asking("", BOUNDARY));
  }

  private static final List<String> ONE = List.of("1");

  private static AccessRequest caller(String region, String scope, String client) {
    return asked(
        new Principal(
            "dev",
            "alice",
            client,
            Set.of(),
            Set.of(Worlds.ROLE),
            Map.of("region", new ClaimValue.Text(region)),
            Set.of(scope)),
        RequestContext.at(Worlds.NOW));
  }

  private static AccessRequest asking(String query, Instant now) {
    return asked(
        stage("alice", now).request().principal(),
        new RequestContext("", Map.of(), Map.of("q", List.of(query)), now));
  }

  private static AccessRequest asked(Principal principal, RequestContext context) {
    return new AccessRequest(
        Worlds.ID, "prod", Action.GET, RequestPath.of("/"), null, principal, context);
  }

  private void neverShared(
      Condition.Clause clause, CacheKey key, AccessRequest first, AccessRequest second) {
    List<Permission> permissions =
        List.of(
            Worlds.permission("ALLOW GET /users", new Condition(List.of(clause)), Validity.ALWAYS));
    assertThat(json(first, permissions, key)).as(clause + " holds").contains("Allow");
    assertThat(json(second, permissions, key)).as(clause + " fails").doesNotContain("Allow");
    assertThat(json(first, permissions, key)).as(clause + " holds again").contains("Allow");
  }

  private String json(AccessRequest asked, List<Permission> permissions, CacheKey key) {
    var request =
        new CompileRequest(
            API, asked, permissions, Worlds.ARN, key, Map.of(), CompileOptions.DEFAULTS);
    return compiler.compile(request, "conditions " + permissions).emitted().json();
  }

  @Test
  void theEndOfAnAssignmentIsNotReachedByAKeptDocument() {
    assertThat(assigned(Worlds.NOW)).contains("Allow").doesNotContain("aws:CurrentTime");
    assertThat(assigned(BOUNDARY.minusSeconds(200)))
        .contains("aws:CurrentTime", BOUNDARY.toString());
    assertThat(assigned(BOUNDARY)).doesNotContain("Allow");
  }

  private String assigned(Instant now) {
    var ends = Map.of(Worlds.ROLE, BOUNDARY, OTHER, BOUNDARY.plusSeconds(9000));
    var request =
        new CompileRequest(
            API,
            asking("", now),
            List.of(Worlds.permission("ALLOW GET /users")),
            Worlds.ARN,
            CacheKey.TOKEN,
            ends,
            CompileOptions.DEFAULTS);
    return compiler.compile(request, "assigned").emitted().json();
  }

  @Test
  void aDocumentForOneRequestIsNeverKept() {
    CompileRequest one =
        request("alice", Set.of(Worlds.ROLE), Worlds.NOW, CacheKey.NONE, Action.GET, "/users");
    assertThat(compiler.compile(one, "r1")).isNotSameAs(compiler.compile(one, "r1"));
  }

  @Test
  void whatWasAskedForLongestAgoMakesRoom() {
    var small = new KeepingCompiler(2);
    Compilation alice = small.compile(stage("alice", Worlds.NOW), "r1");
    Compilation bob = small.compile(stage("bob", Worlds.NOW), "r1");
    assertThat(small.compile(stage("alice", Worlds.NOW), "r1")).isSameAs(alice);
    small.compile(stage("carol", Worlds.NOW), "r1");
    assertThat(small.compile(stage("alice", Worlds.NOW), "r1")).isSameAs(alice);
    assertThat(small.compile(stage("bob", Worlds.NOW), "r1")).isNotSameAs(bob);
  }

  /** Everything a document may depend on, changed at random, on one instance. */
  @Test
  void whateverCameBeforeTheAnswerIsThatOfTheCompiler() {
    long seed = System.nanoTime();
    System.out.println("KeepingCompilerTest seed " + seed);
    var random = new Random(seed);
    int kept = 0;
    Set<Compilation> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (int i = 0; i < 2000; i++) {
      CompileRequest request =
          request(
              pick(random, List.of("alice", "bob", "auth0|7", "users")),
              pick(random, List.of(Set.of(Worlds.ROLE), Set.of(OTHER), Set.of(Worlds.ROLE, OTHER))),
              pick(
                  random,
                  List.of(
                      Worlds.NOW,
                      BOUNDARY.minusSeconds(303),
                      BOUNDARY.minusSeconds(301),
                      BOUNDARY.minusSeconds(1),
                      BOUNDARY)),
              pick(random, List.of(CacheKey.TOKEN, CacheKey.TOKEN_AND_ROUTE)),
              pick(random, List.of(Action.GET, Action.POST)),
              pick(random, List.of("/users", "/users/{id}/orders", "/users/{x}/orders")));
      Compilation answer = compiler.compile(request, "r1");
      assertThat(answer.emitted().json())
          .as("seed %s: %s", seed, request)
          .isEqualTo(Compiler.compile(request).emitted().json());
      kept += seen.add(answer) ? 0 : 1;
    }
    assertThat(kept).isGreaterThan(400);
  }

  private static <T> T pick(Random random, List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}
