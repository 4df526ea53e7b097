package dev.grantway.resource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResourcePatternTest {

  @Test
  void everySmallPatternMatchesTheTextsOfItsRegularExpression() {
    List<String> patterns = patterns(3);
    List<String> paths = paths(4);
    for (String pattern : patterns) {
      ResourcePattern parsed = ResourcePattern.parse(pattern);
      Pattern oracle = Pattern.compile(regex(pattern));
      for (String path : paths) {
        assertThat(parsed.covers(RequestPath.of(path), null, ClaimBinding.NONE))
            .as("%s on %s", pattern, path)
            .isEqualTo(oracle.matcher(path.equals("/") ? "" : path).matches());
      }
    }
    assertThat(patterns.size() * paths.size()).isGreaterThan(10_000);
  }

  @Test
  void everySmallPatternStandsOnlyWhereTheRouteHasVariables() {
    int covered = 0;
    for (String template : patterns(3)) {
      if (template.contains("**")) {
        continue;
      }
      Template route = Template.parse(template);
      for (String path : paths(3)) {
        if (!route.matches(RequestPath.of(path))) {
          continue;
        }
        for (String pattern : patterns(3)) {
          boolean expected =
              Pattern.compile(regex(pattern)).matcher(path.equals("/") ? "" : path).matches()
                  && variablesStandInVariables(pattern, template, path);
          assertThat(
                  ResourcePattern.parse(pattern)
                      .covers(RequestPath.of(path), route, ClaimBinding.NONE))
              .as("%s on %s routed to %s", pattern, path, template)
              .isEqualTo(expected);
          covered += expected ? 1 : 0;
        }
      }
    }
    assertThat(covered).isGreaterThan(1_000);
  }

  /** Says it in another way than the code: by lists of "literal" or "variable" for both sides. */
  private static boolean variablesStandInVariables(String pattern, String template, String path) {
    int depth = RequestPath.of(path).segments().size();
    List<String> mine = kinds(pattern, depth);
    List<String> theirs = kinds(template, depth);
    for (int i = 0; i < depth; i++) {
      if (mine.get(i).equals("variable") && !theirs.get(i).equals("variable")) {
        return false;
      }
    }
    return true;
  }

  private static List<String> kinds(String text, int depth) {
    var kinds = new ArrayList<String>();
    for (String part : text.equals("/") ? new String[0] : text.substring(1).split("/")) {
      if (part.equals("**")) {
        while (kinds.size() < depth) {
          kinds.add("anything");
        }
      } else if (part.endsWith("+}")) {
        while (kinds.size() < depth) {
          kinds.add("variable");
        }
      } else {
        kinds.add(part.startsWith("{") ? "variable" : "literal");
      }
    }
    return kinds;
  }

  private static String regex(String pattern) {
    var out = new StringBuilder();
    for (String part : pattern.equals("/") ? new String[0] : pattern.substring(1).split("/")) {
      out.append(
          switch (part) {
            case "**" -> "(/.*)?";
            case "{x+}" -> "/.+";
            case "{x}" -> "/[^/]+";
            default -> "/" + Pattern.quote(part);
          });
    }
    return out.toString();
  }

  private static List<String> patterns(int depth) {
    var all = new ArrayList<>(List.of("/", "/**", "/{x+}"));
    var fixed = new ArrayList<>(List.of(""));
    for (int d = 0; d < depth; d++) {
      var longer = new ArrayList<String>();
      for (String prefix : fixed) {
        for (String part : List.of("a", "b", "{x}")) {
          longer.add(prefix + "/" + part);
        }
      }
      all.addAll(longer);
      if (d < depth - 1) {
        longer.forEach(prefix -> all.addAll(List.of(prefix + "/**", prefix + "/{x+}")));
      }
      fixed = longer;
    }
    return all;
  }

  private static List<String> paths(int depth) {
    var all = new ArrayList<>(List.of("/"));
    var level = new ArrayList<>(List.of(""));
    for (int d = 0; d < depth; d++) {
      var longer = new ArrayList<String>();
      for (String prefix : level) {
        for (String part : List.of("a", "b", "ab", "")) {
          longer.add(prefix + "/" + part);
        }
      }
      all.addAll(longer);
      level = longer;
    }
    return all.stream().distinct().collect(Collectors.toList());
  }

  @ParameterizedTest
  @CsvSource({
    "/orders/{id}, /orders/42, /orders/{x}, true",
    "/orders/{id}, /orders/search, /orders/search, false",
    "/orders/**, /orders/search, /orders/search, true",
    "/orders/**, /orders, /orders, true",
    "/orders/**, /ordersx, /ordersx, false",
    "/orders/42, /orders/42, /orders/{id}, true",
    "/orders/42, /orders/421, /orders/{id}, false",
    "/Orders/{id}, /orders/42, /orders/{id}, false",
    "/files/{p+}, /files/a/meta, /files/{x}/meta, false",
    "/files/{p+}, /files/a/b, /files/{x}/{y}, true",
    "/files/{p+}, /files/a/b, /files/{p+}, true",
    "/files/{a}/{b}, /files/a/b, /files/{p+}, true",
  })
  void coversAsTheModelSays(String pattern, String path, String route, boolean expected) {
    assertThat(
            ResourcePattern.parse(pattern)
                .covers(RequestPath.of(path), Template.parse(route), ClaimBinding.NONE))
        .isEqualTo(expected);
  }

  @Test
  void claimStandsForItsValueWhereTheRouteHasAVariable() {
    ResourcePattern mine = ResourcePattern.parse("/users/${claims.sub}/orders");
    Template route = Template.parse("/users/{id}/orders");
    assertThat(mine.covers(RequestPath.of("/users/u1/orders"), route, bound("u1"))).isTrue();
    assertThat(mine.covers(RequestPath.of("/users/u2/orders"), route, bound("u1"))).isFalse();
    Template literal = Template.parse("/users/u1/orders");
    assertThat(mine.covers(RequestPath.of("/users/u1/orders"), literal, bound("u1"))).isFalse();
  }

  private static ClaimBinding bound(String sub) {
    return new ClaimBinding() {
      @Override
      public Optional<String> value(String claim) {
        return claim.equals("sub") ? Optional.of(sub) : Optional.empty();
      }

      @Override
      public boolean unboundMatches() {
        return false;
      }
    };
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", "orders", "/orders/", "//orders", "/orders/*", "/orders/4?", "/orders/$x", "/a/{p+}/b",
        "/**/b", "/a;b", "/a%20b", "/a b", "/a/{}", "/a/{+}", "/a/${claims.}", "/a/${claims.a.b}",
        "/a/${sub}", "/a/{x}y", "/a/\u00e9", "/a/{x*}", "/a\u0000", "/a/{x\u007f}", "/${claims.a"
      })
  void patternsThatMeanNothingAreRefused(String text) {
    assertThatThrownBy(() -> ResourcePattern.parse(text))
        .as(text)
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void patternsAreWrittenAsTheyWereRead() {
    List<String> reserved = List.of("/$default", "/$connect", "/$disconnect");
    for (String text : Stream.concat(patterns(3).stream(), reserved.stream()).toList()) {
      assertThat(ResourcePattern.parse(text).toString()).isEqualTo(text);
    }
    assertThat(ResourcePattern.parse("/u/${claims.sub}").toString()).isEqualTo("/u/${claims.sub}");
  }

  @Test
  void segmentsAndNamesHaveALimit() {
    String longest = "/a".repeat(64);
    assertThat(ResourcePattern.parse(longest).segments()).hasSize(64);
    assertThatThrownBy(() -> ResourcePattern.parse(longest + "/a"))
        .hasMessageContaining("more than 64 segments");
    assertThat(ResourcePattern.parse("/{" + "x".repeat(128) + "}").segments()).hasSize(1);
    assertThatThrownBy(() -> ResourcePattern.parse("/{" + "x".repeat(129) + "}"))
        .hasMessageContaining("1 to 128 characters");
  }

  @Test
  void routeKeysCoverThemselvesAndStarsCoverEveryKey() {
    RequestPath send = RequestPath.ofRouteKey("sendMessage");
    assertThat(ResourcePattern.parseRouteKey("sendMessage").covers(send, null, ClaimBinding.NONE))
        .isTrue();
    assertThat(ResourcePattern.parseRouteKey("$connect").covers(send, null, ClaimBinding.NONE))
        .isFalse();
    assertThat(ResourcePattern.parseRouteKey("**").covers(send, null, ClaimBinding.NONE)).isTrue();
  }
}
