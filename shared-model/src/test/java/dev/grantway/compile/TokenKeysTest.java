package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.policy.Api;
import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Validity;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * COMP-08 and the law of the key, where documents are made: two subjects, two values of a claim and
 * two sides of a boundary in time never share a document, whoever asks first and however often.
 */
class TokenKeysTest {
  private static final Api API =
      Worlds.api(
          ApiType.REST,
          "GET /users/{id}",
          "GET /users/{id}/orders",
          "GET /regions/eu",
          "GET /sale",
          "GET /soon");
  private static final Instant BOUNDARY = Worlds.NOW.plusSeconds(1000);
  private static final List<Permission> PERMISSIONS =
      List.of(
          Worlds.permission("ALLOW GET /users/${claims.sub}"),
          Worlds.permission("ALLOW GET /users/${claims.sub}/orders"),
          Worlds.permission(
              "ALLOW GET /regions/eu",
              new Condition(
                  List.of(
                      new Condition.Clause(
                          Operator.STRING_EQUALS,
                          Attribute.parse("claims.region"),
                          List.of("eu")))),
              Validity.ALWAYS),
          Worlds.permission("ALLOW GET /sale", Condition.NONE, new Validity(null, BOUNDARY)),
          Worlds.permission("ALLOW GET /soon", Condition.NONE, new Validity(BOUNDARY, null)));
  private static final List<String> PATHS =
      List.of(
          "/users/alice",
          "/users/bob",
          "/users/alice/orders",
          "/users/bob/orders",
          "/users/%61lice",
          "/regions/eu",
          "/sale",
          "/soon");

  /** A caller at an instant. */
  private record Asked(String subject, String region, Instant now) {
    AccessRequest about(RequestPath path) {
      var principal =
          new Principal(
              "dev",
              subject,
              "",
              Set.of(),
              Set.of(Worlds.ROLE),
              Map.of("sub", new ClaimValue.Text(subject), "region", new ClaimValue.Text(region)),
              Set.of());
      var context = new RequestContext("203.0.113.9", Map.of(), Map.of(), now);
      return new AccessRequest(Worlds.ID, "prod", Action.GET, path, null, principal, context);
    }
  }

  @Test
  void everyCallerAndInstantHasItsOwnDocument() {
    var before = BOUNDARY.minusSeconds(600);
    var documents = new HashMap<Asked, String>();
    for (int round = 0; round < 3; round++) {
      for (Instant now : List.of(before, BOUNDARY)) {
        for (String subject : List.of("alice", "bob")) {
          for (String region : List.of("eu", "us")) {
            var asked = new Asked(subject, region, now);
            String json = compile(asked).emitted().json();
            assertThat(documents.getOrDefault(asked, json)).isEqualTo(json);
            documents.put(asked, json);
            checkOwn(asked, json);
          }
        }
      }
    }
    assertThat(Set.copyOf(documents.values())).hasSize(8);
  }

  /** A boundary inside the TTL is in the document: both sides are right, to the second. */
  @Test
  void aDocumentKeptOverABoundaryIsRightOnBothSides() {
    var asked = new Asked("alice", "eu", BOUNDARY.minusSeconds(100));
    OtherIam document = OtherIam.read(compile(asked).emitted().json());
    for (int second : List.of(-100, -1, 0, 1, 200)) {
      Instant then = BOUNDARY.plusSeconds(second);
      for (String path : PATHS) {
        assertThat(opens(document, path, then))
            .as("%s at %s", path, then)
            .isEqualTo(decided(new Asked("alice", "eu", then), path));
      }
    }
  }

  @Test
  void aSubjectThatCannotBeBoundGetsNothingOfItsOwn() {
    for (String subject :
        List.of("auth0|7", "*", "a/b", "?", "${aws:x}", "", "alice;", "%61lice")) {
      OtherIam document =
          OtherIam.read(compile(new Asked(subject, "eu", Worlds.NOW)).emitted().json());
      assertThat(opens(document, "/regions/eu", Worlds.NOW)).isTrue();
      for (String path : List.of("/users/alice", "/users/auth0|7", "/users/*", "/users/%61lice")) {
        assertThat(opens(document, path, Worlds.NOW)).as("%s for `%s`", path, subject).isFalse();
      }
    }
  }

  private static void checkOwn(Asked asked, String json) {
    OtherIam document = OtherIam.read(json);
    for (String path : PATHS) {
      boolean opened = opens(document, path, asked.now());
      boolean decided = decided(asked, path);
      boolean agrees = RequestPath.of(path).isRegular() ? opened == decided : !opened || decided;
      assertThat(agrees).as("%s of %s in %s", path, asked, json).isTrue();
    }
  }

  private static boolean decided(Asked asked, String path) {
    return Decisions.decide(API, asked.about(RequestPath.of(path)), PERMISSIONS).isAllowed();
  }

  private static boolean opens(OtherIam document, String path, Instant now) {
    return document.evaluate(
            Worlds.BASE + "/GET" + path, IamContext.of(now, "203.0.113.9").values())
        == Verdict.ALLOW;
  }

  private static Compilation compile(Asked asked) {
    return Compiler.compile(
        Worlds.compileRequest(API, asked.about(RequestPath.of("/")), PERMISSIONS, CacheKey.TOKEN));
  }
}
