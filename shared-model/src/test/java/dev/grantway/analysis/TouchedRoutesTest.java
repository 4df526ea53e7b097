package dev.grantway.analysis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Permission;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is looked for near a pattern's literals is what is found by looking at every route. */
class TouchedRoutesTest {
  private static final List<World> WORLDS =
      List.of(
          World.of(
              ApiType.REST,
              "GET /",
              "GET /a",
              "GET /b",
              "POST /a/{x}",
              "GET /a/b",
              "GET /{x}/b",
              "GET /{x}/{y}/a",
              "POST /a/{x}/b",
              "ANY /b/{p+}",
              "GET /b/a/{y}"),
          World.of(ApiType.HTTP, "GET /{p+}", "POST /a/{x}", "GET /a/b/{p+}", "$default"),
          World.of(ApiType.HTTP));

  private static final List<String> SEGMENTS = List.of("a", "b", "c", "{x}", "${claims.sub}");

  /** Every pattern of up to three segments over a small alphabet, with each kind of end. */
  private static List<String> patterns() {
    var all = new ArrayList<String>(List.of(""));
    for (int from = 0, depth = 0; depth < 3; depth++) {
      int end = all.size();
      for (String path : all.subList(from, end).toArray(String[]::new)) {
        SEGMENTS.forEach(segment -> all.add(path + "/" + segment));
      }
      from = end;
    }
    var patterns = new ArrayList<String>(List.of("/", "/**", "/{p+}"));
    for (String path : all.subList(1, all.size())) {
      patterns.addAll(List.of(path, path + "/**", path + "/{p+}"));
    }
    return patterns;
  }

  @Test
  void everyRouteThatAPatternTouchesIsFound() {
    int touching = 0;
    for (World world : WORLDS) {
      var touched = new TouchedRoutes(world.api());
      for (String pattern : patterns()) {
        for (String methods : List.of("GET", "POST,GET", "*")) {
          Permission permission = World.permission("p", "staff", "ALLOW", methods + " " + pattern);
          List<Route> expected =
              world.api().routes().routes().stream()
                  .filter(it -> Touch.touches(permission, it, world.api().routes()))
                  .toList();
          assertThat(touched.of(permission))
              .as("%s %s on %s", methods, pattern, world.api().routes())
              .isEqualTo(expected);
          touching += expected.size();
        }
      }
    }
    assertThat(touching).as("pairs that touch, so that something was compared").isGreaterThan(500);
  }

  @Test
  void routeKeysAreFoundByTheirText() {
    World world = World.of(ApiType.WEBSOCKET, "$connect", "$default", "send");
    var touched = new TouchedRoutes(world.api());
    assertThat(touched.of(World.permission("p", "staff", "DENY", " send")))
        .extracting(Route::toString)
        .containsExactly("send");
    assertThat(touched.of(World.permission("p", "staff", "ALLOW", " **"))).hasSize(3);
  }
}
