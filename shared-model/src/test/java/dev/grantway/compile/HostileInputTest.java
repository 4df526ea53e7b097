package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.TooLarge;
import dev.grantway.policy.Api;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Inputs at and past every limit end in time, and never in an Allow that was not proved. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HostileInputTest {

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 12, 16, 64})
  void templatesOfManyVariablesEnd(int variables) {
    String template = "/{p}".repeat(variables);
    Api api = Worlds.api(ApiType.REST, "GET " + template);
    Compilation compilation = compile(api, "GET " + template, 8192, "ALLOW ANY /**");
    String arn = Worlds.BASE + "/GET" + "/a".repeat(variables);
    boolean allowed =
        IamEvaluator.evaluate(compilation.emitted().document(), arn, IamContext.of(Worlds.NOW, ""))
            == Verdict.ALLOW;
    assertThat(allowed).as("%s", compilation).isEqualTo(!(compilation instanceof TooLarge));
    assertThat(variables > 4 || allowed).isTrue();
  }

  @Test
  void manyLiteralsInManyPlacesEnd() {
    String route = "GET /a/{p}/{q}/{r}";
    var permissions = new ArrayList<>(List.of("ALLOW GET /a/{p}/{q}/{r}"));
    for (int i = 0; i < 60; i++) {
      permissions.add("DENY GET /a/" + i + "/{q}/" + i);
      permissions.add("DENY GET /a/{p}/" + i + "/x");
    }
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, route), route, 1 << 20, permissions.toArray(String[]::new));
    assertThat(open(compilation, "/a/1/b/2")).isEqualTo(!(compilation instanceof TooLarge));
    assertThat(open(compilation, "/a/1/b/1")).isFalse();
  }

  @Test
  void greedyRoutesWithManySplitsEnd() {
    String route = "GET /{p+}";
    var permissions = new ArrayList<>(List.of("ALLOW GET /{p+}"));
    for (char c = 'a'; c <= 'z'; c++) {
      permissions.add("DENY GET /{x}/" + c + "/{y}/" + c + "/{z+}");
    }
    Compilation compilation =
        compile(
            Worlds.api(ApiType.REST, route), route, 1 << 20, permissions.toArray(String[]::new));
    assertThat(open(compilation, "/1/a/2/a/3")).isFalse();
  }

  @Test
  void aTableOfThreeHundredRoutesEnds() {
    var routes = new ArrayList<String>();
    for (int i = 0; i < 75; i++) {
      routes.add("GET /r" + i);
      routes.add("GET /r" + i + "/{id}");
      routes.add("GET /r" + i + "/{id}/parts/{part}");
      routes.add("GET /r0/{id}/parts/s" + i);
    }
    Api api = Worlds.api(ApiType.REST, routes.toArray(String[]::new));
    for (String route : List.of("GET /r1/{id}/parts/{part}", "GET /r0/{id}/parts/{part}")) {
      Compilation compilation = compile(api, route, 1 << 20, "ALLOW ANY /**");
      assertThat(open(compilation, route.substring(4).replace("{id}", "1").replace("{part}", "2")))
          .isTrue();
      assertThat(open(compilation, "/r0/1/parts/s1")).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/%2e%2e/%2e%2e/admin",
        "/a/../admin",
        "/orders/%",
        "/orders/%zz",
        "/orders/%c3%28",
        "/orders/\u202e",
        "//",
        "///////",
        "/;",
        "/arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders"
      })
  void oddPathsAreEchoedOrDeniedAndOpenNothingElse(String path) {
    Api api = Worlds.api(ApiType.REST, "GET /orders/{id}", "GET /admin", "GET /{p+}");
    Compilation compilation =
        Compiler.compile(
            Worlds.compileRequest(
                api,
                Worlds.request(Action.GET, RequestPath.of(path), null, Map.of()),
                Worlds.permissions("ALLOW ANY /**"),
                CacheKey.NONE));
    for (String other : List.of("/admin", "/orders/1", "/", path + "x")) {
      assertThat(open(compilation, other)).as(other).isFalse();
    }
  }

  @Test
  void aPathOfTenThousandCharactersIsRefused() {
    Api api = Worlds.api(ApiType.REST, "GET /{p+}");
    for (String part : List.of("/a", "/;", "/%41", "/")) {
      Compilation compilation =
          Compiler.compile(
              Worlds.compileRequest(
                  api,
                  Worlds.request(Action.GET, RequestPath.of(part.repeat(5000)), null, Map.of()),
                  Worlds.permissions("ALLOW ANY /**"),
                  CacheKey.NONE));
      assertThat(compilation.emitted().proof()).isEqualTo(Compilation.Proof.NOTHING_ALLOWED);
    }
  }

  private static boolean open(Compilation compilation, String path) {
    return IamEvaluator.evaluate(
            compilation.emitted().document(),
            Worlds.ARN.arn(Action.GET, path),
            IamContext.of(Worlds.NOW, ""))
        == Verdict.ALLOW;
  }

  private static Compilation compile(Api api, String route, int maxBytes, String... permissions) {
    List<Permission> all = Worlds.permissions(permissions);
    var request =
        Worlds.request(Action.GET, RequestPath.of("/"), Route.parse(route).template(), Map.of());
    return Compiler.compile(
        new CompileRequest(
            api,
            request,
            all,
            Worlds.ARN,
            CacheKey.TOKEN_AND_ROUTE,
            Map.of(),
            new CompileOptions(Duration.ofSeconds(300), maxBytes, true, false)));
  }
}
