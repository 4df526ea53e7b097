package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.compile.Compilation.Compiled;
import dev.grantway.compile.Compilation.Conflict;
import dev.grantway.compile.Compilation.NotRepresentable;
import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.policy.Api;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Template;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompilerTest {
  private static final Api USERS =
      Worlds.api(
          ApiType.REST,
          "GET /users",
          "GET /users/{id}",
          "GET /users/me",
          "GET /users/{id}/orders",
          "GET /users/{id}/admin");

  /** GATEWAY, what can be exact: the template, without what has a slash in its variable. */
  @Test
  void oneTemplateIsItsGlobWithoutDeeperPaths() {
    Api api = Worlds.api(ApiType.REST, "GET /users/{id}");
    assertThat(json(Worlds.route(api, "GET /users/{id}", "ALLOW GET /users/{id}")))
        .isEqualTo(document("GET/users/?*", "*/;*", "GET/users/*/*"));
  }

  @Test
  void anotherRouteInsideTheVariableIsFencedOff() {
    assertThat(json(Worlds.route(USERS, "GET /users/{id}", "ALLOW GET /users/{id}")))
        .isEqualTo(
            document("GET/users/?*", "*;*", "GET/users/*%*", "GET/users/*/*", "GET/users/me"));
  }

  @Test
  void aRouteWithoutVariablesNeedsNoFence() {
    assertThat(json(Worlds.route(USERS, "GET /users", "ALLOW GET /users")))
        .isEqualTo(document("GET/users"));
  }

  @Test
  void theRootIsItself() {
    Api api = Worlds.api(ApiType.REST, "GET /", "GET /{p+}");
    assertThat(json(Worlds.route(api, "GET /", "ALLOW GET /**"))).isEqualTo(document("GET/"));
    assertThat(json(Worlds.route(api, "GET /{p+}", "ALLOW GET /**")))
        .isEqualTo(document("GET/?*", "*//*", "*/;*"));
  }

  @Test
  void aLiteralInAVariableIsAllTheGlobThereIs() {
    assertThat(json(Worlds.route(USERS, "GET /users/{id}/orders", "ALLOW ANY /users/42/**")))
        .isEqualTo(document("GET/users/42/orders"));
  }

  /** MODEL section 1: a variable of a pattern stands only where the template has one. */
  @Test
  void aPatternsVariableDoesNotCoverALiteralOfTheRoute() {
    assertThat(json(Worlds.route(USERS, "GET /users/me", "ALLOW GET /users/{id}")))
        .isEqualTo(nothing());
    assertThat(json(Worlds.route(USERS, "GET /users/me", "ALLOW GET /users/**")))
        .isEqualTo(document("GET/users/me"));
  }

  @Test
  void aDenyInsideAnAllowBringsItsEncodings() {
    assertThat(
            json(
                Worlds.route(
                    USERS,
                    "GET /users/{id}/orders",
                    "ALLOW GET /users/{id}/orders",
                    "DENY ANY /users/42/**")))
        .isEqualTo(
            document(
                "GET/users/?*/orders",
                "*;*",
                "GET/users/*%*/orders",
                "GET/users/*/*/orders",
                "GET/users/42/?*"));
  }

  @Test
  void whatIsDeniedAltogetherIsOneDenyOnTheStage() {
    assertThat(
            json(
                Worlds.route(
                    USERS, "GET /users/{id}", "ALLOW GET /users/{id}", "DENY ANY /users/**")))
        .isEqualTo(nothing());
    assertThat(json(Worlds.route(USERS, "GET /users/{id}"))).isEqualTo(nothing());
    assertThat(json(Worlds.route(USERS, "GET /elsewhere", "ALLOW ANY /**"))).isEqualTo(nothing());
  }

  @Test
  void claimsAreBoundOrMatchNothingOnAnAllowAndEverythingOnADeny() {
    Template template = Template.parse("/users/{id}/orders");
    var mine = Worlds.permissions("ALLOW GET /users/${claims.sub}/orders");
    assertThat(json(withSub(template, mine, "alice")))
        .isEqualTo(document("GET/users/alice/orders"));
    assertThat(json(withSub(template, mine, "auth0|123"))).isEqualTo(nothing());
    assertThat(json(withSub(template, mine, "a*"))).isEqualTo(nothing());
    var notMine =
        Worlds.permissions("ALLOW GET /users/{id}/orders", "DENY GET /users/${claims.sub}/orders");
    assertThat(json(withSub(template, notMine, "auth0|123"))).isEqualTo(nothing());
    assertThat(json(withSub(template, notMine, "alice"))).contains("GET/users/alice/orders");
  }

  @Test
  void anHttpRouteForAnyMethodIsCompiledForAllThatReachIt() {
    Api api = Worlds.api(ApiType.HTTP, "ANY /files", "GET /files");
    assertThat(json(Worlds.route(api, "ANY /files", "ALLOW ANY /**")))
        .isEqualTo(
            documentAllowing(
                "????/files", "DELETE/files", "OPTIONS/files", "PATCH/files", "PUT/files"));
  }

  /** COMPILER, the two shapes that are not representable. */
  @Test
  void aDenyOfFixedDepthInsideAGreedyRouteIsAGap() {
    Api api = Worlds.api(ApiType.REST, "GET /files/{path+}");
    Compilation compilation =
        Worlds.route(api, "GET /files/{path+}", "ALLOW GET /files/**", "DENY GET /files/{a}/{b}");
    assertThat(compilation).isInstanceOf(NotRepresentable.class);
    assertThat(((NotRepresentable) compilation).conflicts())
        .contains(
            new Conflict(
                "GET /files/{path+}", "GET /files/{path+}", "/files/x/x", Conflict.Kind.GAP));
    assertThat(compilation.emitted().json()).isEqualTo(nothing());
  }

  @Test
  void aCollisionLosesOnlyTheRequestsThatCollide() {
    Api api = Worlds.api(ApiType.REST, "GET /u/{id}/f/{p+}", "GET /u/{id}/o/f/{y}");
    Compilation compilation = Worlds.route(api, "GET /u/{id}/f/{p+}", "ALLOW GET /u/{id}/f/{p+}");
    assertThat(compilation).isInstanceOf(NotRepresentable.class);
    assertThat(((NotRepresentable) compilation).conflicts())
        .allMatch(conflict -> conflict.kind() == Conflict.Kind.COLLISION)
        .extracting(Conflict::route)
        .contains("GET /u/{id}/o/f/{y}");
    assertThat(allows(compilation, "GET/u/1/f/a")).isTrue();
    assertThat(allows(compilation, "GET/u/1/o/f/a")).isFalse();
    assertThat(allows(compilation, "GET/u/1/f/a/b")).isTrue();
    assertThat(allows(compilation, "GET/u/1/f/o/f/a")).isFalse();
  }

  @Test
  void aGreedyRouteOfWhichADeepPartIsAllowedIsExact() {
    Api api = Worlds.api(ApiType.REST, "GET /files/{path+}");
    Compilation compilation =
        Worlds.route(api, "GET /files/{path+}", "ALLOW GET /files/**", "DENY GET /files/{a}");
    assertThat(compilation).isInstanceOf(Compiled.class);
    assertThat(allows(compilation, "GET/files/a")).isFalse();
    assertThat(allows(compilation, "GET/files/a/b/c")).isTrue();
  }

  @Test
  void theDefaultRouteIsAllowedWhereNoOtherRouteIsInside() {
    Api api = Worlds.api(ApiType.HTTP, "$default", "GET /users/me");
    Compilation compilation = Worlds.route(api, "$default", "ALLOW ANY /**");
    assertThat(compilation).isInstanceOf(Compiled.class);
    assertThat(allows(compilation, "GET/users/you")).isTrue();
    assertThat(allows(compilation, "PUT/")).isTrue();
    assertThat(allows(compilation, "GET/users/me")).isFalse();
    assertThat(allows(compilation, "POST/users/me")).isTrue();
  }

  @Test
  void withoutARouteTableTheTextCounts() {
    Api api = Worlds.api(ApiType.REST);
    Compilation compilation =
        Worlds.route(api, "GET /users/{id}", "ALLOW GET /users/{id}", "DENY GET /users/me");
    assertThat(allows(compilation, "GET/users/42")).isTrue();
    assertThat(allows(compilation, "GET/users/me")).isFalse();
    assertThat(allows(compilation, "GET/users/42/x")).isFalse();
  }

  /** GATEWAY rule 10. */
  @Test
  void theResourcePolicyFenceDeniesWhatIsNotAllowed() {
    for (CacheKey key : List.of(CacheKey.NONE, CacheKey.TOKEN, CacheKey.TOKEN_AND_ROUTE)) {
      PolicyDocument document = PolicyDocument.read(fenced(key, 8192).emitted().json());
      assertThat(verdict(document, "GET/users")).as("%s", key).isEqualTo(Verdict.ALLOW);
      assertThat(verdict(document, "POST/users")).as("%s", key).isEqualTo(Verdict.EXPLICIT_DENY);
    }
  }

  @Test
  void aDocumentForOneRequestHasABudgetToo() {
    assertThat(fenced(CacheKey.NONE, 8192)).isInstanceOf(Compiled.class);
    Compilation tooLarge = fenced(CacheKey.NONE, 256);
    assertThat(tooLarge).isInstanceOf(TooLarge.class);
    assertThat(tooLarge.emitted().json()).isEqualTo(nothing());
  }

  private static Compilation fenced(CacheKey key, int maxBytes) {
    return Compiler.compile(
        new CompileRequest(
            USERS,
            Worlds.request("GET /users", Template.parse("/users")),
            Worlds.permissions("ALLOW GET /users"),
            Worlds.ARN,
            key,
            Map.of(),
            new CompileOptions(Duration.ZERO, maxBytes, true, true)));
  }

  @Test
  void whatDoesNotBelongTogetherIsRefused() {
    var request =
        new CompileRequest(
            USERS,
            Worlds.request("GET /users", null),
            List.of(),
            Worlds.ARN,
            CacheKey.TOKEN,
            Map.of(),
            CompileOptions.DEFAULTS);
    TableAnalysis others = TableAnalysis.of(Worlds.api(ApiType.REST, "GET /elsewhere").routes());
    assertThatThrownBy(() -> Compiler.compile(request, others)).hasMessageContaining("another API");
    for (String arn : List.of("other12345/prod", "a1b2c3d4e5/dev")) {
      var prefix = new ArnPrefix("arn:aws:execute-api:us-east-1:123456789012:" + arn);
      assertThatThrownBy(
              () ->
                  new CompileRequest(
                      USERS,
                      request.request(),
                      List.of(),
                      prefix,
                      CacheKey.TOKEN,
                      Map.of(),
                      CompileOptions.DEFAULTS))
          .hasMessageContaining("the request is for `a1b2c3d4e5/prod`");
    }
    assertThatThrownBy(() -> new CompileOptions(Duration.ZERO, 255, true, false))
        .hasMessageContaining("256 bytes");
    assertThatThrownBy(() -> new CompileOptions(Duration.ofSeconds(-1), 8192, true, false))
        .hasMessageContaining("TTL of 0");
  }

  @Test
  void theOrderOfPermissionsAndRoutesChangesNoByte() {
    var permissions =
        new ArrayList<>(
            Worlds.permissions(
                "ALLOW ANY /**", "DENY GET /users/7", "DENY GET /users/8", "ALLOW GET /users/me"));
    String before = json(route(USERS, "/users/{id}", permissions));
    Collections.reverse(permissions);
    assertThat(json(route(USERS, "/users/{id}", permissions))).isEqualTo(before);
  }

  @Test
  void aDocumentOverTheBudgetIsRefusedAndNothingIsAllowed() {
    var many = new ArrayList<String>(List.of("ALLOW GET /users/{id}"));
    for (int i = 0; i < 200; i++) {
      many.add("DENY GET /users/" + i);
    }
    Compilation compilation = Worlds.route(USERS, "GET /users/{id}", many.toArray(String[]::new));
    assertThat(compilation).isInstanceOf(TooLarge.class);
    assertThat(((TooLarge) compilation).bytes()).isGreaterThan(8192);
    assertThat(compilation.emitted().json()).isEqualTo(nothing());
  }

  /** GATEWAY rule 13. */
  @Test
  void anArnOf513CharactersIsRefusedAndNeverCut() {
    int room = Compiler.MAX_ARN - (Worlds.BASE + "/GET/").length();
    assertThat(echo("/" + "a".repeat(room))).isInstanceOf(Compiled.class);
    assertThat(echo("/" + "a".repeat(room + 1)))
        .isEqualTo(
            new TooLarge(
                513,
                512,
                List.of("GET /" + "a".repeat(room + 1)),
                (Compiled) Worlds.route(USERS, "GET /users/{id}")));
  }

  /** The same for a route's own text. */
  @Test
  void aRouteWhoseArnHas513CharactersIsRefused() {
    int room = Compiler.MAX_ARN - (Worlds.BASE + "/GET/").length();
    String fits = "/" + "a".repeat(room);
    String over = fits + "a";
    Api longest = Worlds.api(ApiType.REST, "GET " + fits, "GET " + over);
    assertThat(Worlds.route(longest, "GET " + fits, "ALLOW GET " + fits))
        .isInstanceOf(Compiled.class);
    assertThat(Worlds.route(longest, "GET " + over, "ALLOW GET " + over))
        .isInstanceOfSatisfying(
            TooLarge.class,
            it -> {
              assertThat(it.bytes()).isEqualTo(513);
              assertThat(it.limit()).isEqualTo(512);
            });
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/users/42",
        "/a%2Ab",
        "/a:b/c",
        "/$x",
        "/a b",
        "/a\"b\\",
        "/{a}",
        "/é",
        "/a;b"
      })
  void pathsThatMeanOnlyThemselvesAreEchoed(String path) {
    Compilation compilation = echo(path);
    assertThat(compilation.emitted().document().statements())
        .isEqualTo(List.of(Statement.of(Effect.ALLOW, List.of(Worlds.BASE + "/GET" + path))));
    assertThat(PolicyDocument.read(compilation.emitted().json()))
        .isEqualTo(compilation.emitted().document());
  }

  /** GATEWAY rule 5. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/*",
        "/users/4?",
        "/${aws:username}",
        "/a${",
        "/a\u0000",
        "/a\n",
        "/a\u0085",
        "/\ud800"
      })
  void pathsThatMeanMoreAreNeverEchoed(String path) {
    assertThat(json(echo(path))).isEqualTo(nothing());
  }

  @ParameterizedTest
  @CsvSource({
    "GET /users/42, true",
    "GET /users/42/, true",
    "GET /users/me, false",
    "GET /users/%6de, false",
    "GET /users/42%20, true",
    "GET /users/42/orders, false",
    "POST /users/42, false",
    "GET /nowhere, false"
  })
  void oneRequestIsDecidedOnce(String request, boolean allowed) {
    Compilation compilation =
        Compiler.compile(
            Worlds.compileRequest(
                USERS,
                Worlds.request(request, null),
                Worlds.permissions("ALLOW ANY /users/{id}"),
                CacheKey.NONE));
    assertThat(allows(compilation, request.replace(" ", ""))).isEqualTo(allowed);
    assertThat(allows(compilation, "GET/users")).isFalse();
  }

  /** GATEWAY rule 8. */
  @Test
  void aTemplateOtherThanOursIsDenied() {
    for (String template : List.of("/users/{id}", "/users/{other}")) {
      assertThat(json(one("GET /users/42", template))).contains("GET/users/42");
    }
    assertThat(json(one("GET /users/42", "/users/me"))).isEqualTo(nothing());
    assertThat(json(one("GET /users/42", "/{proxy+}"))).isEqualTo(nothing());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "arn:aws:execute-api:us-east-1:123456789012:*/prod",
        "arn:aws:execute-api:*:123456789012:a1b2c3d4e5/prod",
        "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/*",
        "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET",
        "arn:aws:lambda:us-east-1:123456789012:a1b2c3d4e5/prod",
        "a1b2c3d4e5/prod"
      })
  void onlyTheLiteralArnOfAStageIsAPrefix(String text) {
    assertThatThrownBy(() -> new ArnPrefix(text)).isInstanceOf(IllegalArgumentException.class);
  }

  private static Compilation one(String request, String template) {
    return Compiler.compile(
        Worlds.compileRequest(
            USERS,
            Worlds.request(request, Template.parse(template)),
            Worlds.permissions("ALLOW ANY /users/{id}"),
            CacheKey.NONE));
  }

  private static Compilation echo(String path) {
    return Compiler.compile(
        Worlds.compileRequest(
            Worlds.api(ApiType.REST, "GET /{p+}", "GET /"),
            Worlds.request(Action.GET, RequestPath.of(path), null, Map.of()),
            Worlds.permissions("ALLOW ANY /**"),
            CacheKey.NONE));
  }

  private static Compilation withSub(Template template, List<Permission> permissions, String sub) {
    AccessRequest request =
        Worlds.request(
            Action.GET, RequestPath.of("/"), template, Map.of("sub", new ClaimValue.Text(sub)));
    return Compiler.compile(
        Worlds.compileRequest(USERS, request, permissions, CacheKey.TOKEN_AND_ROUTE));
  }

  private static Compilation route(Api api, String template, List<Permission> permissions) {
    AccessRequest request =
        Worlds.request(Action.GET, RequestPath.of("/"), Template.parse(template), Map.of());
    return Compiler.compile(
        Worlds.compileRequest(api, request, permissions, CacheKey.TOKEN_AND_ROUTE));
  }

  private static String json(Compilation compilation) {
    return compilation.emitted().json();
  }

  private static boolean allows(Compilation compilation, String rest) {
    return verdict(compilation.emitted().document(), rest) == Verdict.ALLOW;
  }

  private static Verdict verdict(PolicyDocument document, String rest) {
    return IamEvaluator.evaluate(document, Worlds.BASE + "/" + rest, IamContext.of(Worlds.NOW, ""));
  }

  private static String nothing() {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement("Deny", "*") + "]}";
  }

  private static String document(String allow, String... deny) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":["
        + statement("Allow", allow)
        + (deny.length == 0 ? "" : "," + statement("Deny", deny))
        + "]}";
  }

  private static String documentAllowing(String... allow) {
    return "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement("Allow", allow) + "]}";
  }

  private static String statement(String effect, String... globs) {
    var arns = new ArrayList<String>();
    for (String glob : globs) {
      arns.add("\"" + Worlds.BASE + "/" + glob + "\"");
    }
    return "{\"Effect\":\"%s\",\"Action\":\"execute-api:Invoke\",\"Resource\":[%s]}"
        .formatted(effect, String.join(",", arns));
  }
}
