package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.compile.Compilation.Compiled;
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
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The packed documents of ten realistic policies, byte by byte, so that a change of packing is seen
 * and read. {@code -Dgrantway.golden=update} writes the files anew and then fails: look at what
 * changed, and run again without it. It is refused where {@code CI} is set.
 */
class GoldenDocumentsTest {
  private static final Path FILES = Path.of("src/test/resources/dev/grantway/compile/golden");

  private static final List<String> ORDERS =
      List.of(
          "GET /health",
          "GET /orders",
          "POST /orders",
          "GET /orders/search",
          "GET /orders/{id}",
          "PUT /orders/{id}",
          "DELETE /orders/{id}",
          "GET /orders/{id}/lines",
          "POST /orders/{id}/lines",
          "GET /orders/{id}/lines/{line}",
          "DELETE /orders/{id}/lines/{line}",
          "GET /orders/{id}/refunds",
          "POST /orders/{id}/refunds",
          "POST /orders/{id}/cancel",
          "GET /users",
          "GET /users/me",
          "GET /users/{id}",
          "PATCH /users/{id}",
          "GET /users/{id}/orders",
          "GET /users/{id}/admin");

  private static final List<String> FILE_ROUTES =
      List.of(
          "GET /",
          "GET /files/{path+}",
          "PUT /files/{path+}",
          "GET /files/public/{path+}",
          "GET /files/index",
          "ANY /proxy/{service}/{path+}");

  private static final List<String> HTTP_ROUTES =
      List.of("GET /items", "GET /items/{id}", "ANY /items/{id}/notes", "POST /admin", "$default");

  /** A policy with a name. */
  record Sample(String name, ApiType type, List<String> routes, List<Permission> permissions) {
    static Sample of(String name, List<String> routes, String... permissions) {
      return new Sample(name, ApiType.REST, routes, Worlds.permissions(permissions));
    }

    Api api() {
      return Worlds.api(type, routes.toArray(String[]::new));
    }

    AccessRequest about(Action action, String path, Instant now, String address) {
      var principal =
          new Principal(
              "dev",
              "alice",
              "",
              Set.of(),
              Set.of(Worlds.ROLE),
              Map.of("sub", new ClaimValue.Text("alice")),
              Set.of());
      return new AccessRequest(
          Worlds.ID,
          "prod",
          action,
          RequestPath.of(path),
          null,
          principal,
          new RequestContext(address, Map.of(), Map.of(), now));
    }

    Compilation compile() {
      return Compiler.compile(
          Worlds.compileRequest(
              api(),
              about(Action.GET, "/", Worlds.NOW, "203.0.113.9"),
              permissions,
              CacheKey.TOKEN));
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Sample> samples() {
    return Stream.of(
        Sample.of("viewer", ORDERS, "ALLOW GET /orders", "ALLOW GET /orders/{id}"),
        Sample.of(
            "support",
            ORDERS,
            "ALLOW GET /orders",
            "ALLOW GET /orders/search",
            "ALLOW GET /orders/{id}",
            "ALLOW GET /orders/{id}/lines",
            "ALLOW GET /orders/{id}/refunds",
            "ALLOW POST /orders/{id}/refunds"),
        Sample.of(
            "clerk",
            ORDERS,
            "ALLOW ANY /orders/**",
            "ALLOW GET /users/{id}/orders",
            "DENY DELETE /orders/{id}"),
        Sample.of("everything", ORDERS, "ALLOW ANY /**"),
        Sample.of(
            "own-data",
            ORDERS,
            "ALLOW GET /users/me",
            "ALLOW GET /users/${claims.sub}",
            "ALLOW PATCH /users/${claims.sub}",
            "ALLOW GET /users/${claims.sub}/orders"),
        Sample.of(
            "all-but-one",
            ORDERS,
            "ALLOW GET /users/{id}",
            "ALLOW GET /users/{id}/orders",
            "DENY GET /users/42",
            "DENY GET /users/42/orders"),
        Sample.of(
            "files",
            FILE_ROUTES,
            "ALLOW GET /",
            "ALLOW GET /files/public/{path+}",
            "ALLOW GET /files/index",
            "ALLOW ANY /proxy/{service}/{path+}"),
        new Sample(
            "http-default",
            ApiType.HTTP,
            HTTP_ROUTES,
            Worlds.permissions(
                "ALLOW GET /items", "ALLOW ANY /items/{id}/notes", "ALLOW POST /admin")),
        new Sample("seasonal", ApiType.REST, ORDERS, seasonal()),
        new Sample("office", ApiType.REST, ORDERS, office()));
  }

  private static List<Permission> seasonal() {
    var permissions = new ArrayList<>(Worlds.permissions("ALLOW GET /orders"));
    permissions.add(
        Worlds.permission(
            "ALLOW GET /orders/{id}",
            Condition.NONE,
            new Validity(null, Worlds.NOW.plusSeconds(120))));
    permissions.add(
        Worlds.permission(
            "DENY GET /orders/7", Condition.NONE, new Validity(Worlds.NOW.plusSeconds(60), null)));
    return permissions;
  }

  private static List<Permission> office() {
    var permissions = new ArrayList<>(Worlds.permissions("ALLOW GET /orders"));
    permissions.add(
        Worlds.permission(
            "ALLOW DELETE /orders/{id}",
            new Condition(
                List.of(
                    new Condition.Clause(
                        Operator.IP_ADDRESS,
                        Attribute.parse("request.sourceIp"),
                        List.of("10.0.0.0/8")))),
            Validity.ALWAYS));
    return permissions;
  }

  @ParameterizedTest
  @MethodSource("samples")
  void documentIsAsInItsFile(Sample sample) throws IOException {
    String json = sample.compile().emitted().json();
    Path file = FILES.resolve(sample.name() + ".json");
    if ("update".equals(System.getProperty("grantway.golden"))) {
      assertThat(System.getenv("CI")).as("golden files are not renewed in CI").isNull();
      Files.createDirectories(FILES);
      Files.writeString(file, readable(json));
      throw new AssertionError(file + " was written anew: read the difference");
    }
    assertThat(readable(json)).isEqualTo(Files.readString(file));
  }

  @ParameterizedTest
  @MethodSource("samples")
  void documentMeansWhatIsDecided(Sample sample) {
    Compilation compilation = sample.compile();
    assertThat(compilation).isInstanceOf(Compiled.class);
    OtherIam document = OtherIam.read(compilation.emitted().json());
    Api api = sample.api();
    var space = new PathSpace(SamplePaths.of(api.routes(), sample.permissions(), new Random(1)));
    for (Action action : List.of(Action.GET, Action.POST, Action.PUT, Action.DELETE)) {
      for (int second : List.of(0, 59, 60, 119, 120, 300)) {
        for (String address : List.of("203.0.113.9", "10.1.2.3")) {
          Instant now = Worlds.NOW.plusSeconds(second);
          BitSet opened =
              space.allowed(document, action.name(), IamContext.of(now, address).values());
          for (int i = 0; i < space.size(); i++) {
            AccessRequest request = sample.about(action, space.path(i), now, address);
            if (api.routes().route(action, request.path()).isPresent()
                && (opened.get(i) || space.regular().get(i))) {
              assertThat(opened.get(i))
                  .as("%s %s after %d s from %s", action, space.path(i), second, address)
                  .isEqualTo(Decisions.decide(api, request, sample.permissions()).isAllowed());
            }
          }
        }
      }
    }
  }

  @Test
  void thereAreTenFiles() {
    try (Stream<Path> files = Files.list(FILES)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrderElementsOf(
              samples().map(sample -> sample.name() + ".json").toList())
          .hasSize(10);
    } catch (IOException missing) {
      throw new UncheckedIOException(missing);
    }
  }

  /** One ARN a line; without the line breaks, the very bytes. */
  private static String readable(String json) {
    return json.replace("{\"Effect", "\n{\"Effect").replace("\"arn:", "\n\"arn:") + "\n";
  }
}
