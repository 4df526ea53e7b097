package dev.grantway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReachTest {

  @Test
  void reachAgreesWithCoveringEveryPathOfASmallWorld() {
    List<String> templates = texts(List.of("a", "b", "{x}"), List.of("{x+}"));
    List<String> patterns = texts(List.of("a", "b", "{x}"), List.of("{x+}", "**"));
    templates.add("$default");
    var seen = EnumSet.noneOf(Reach.class);
    for (String template : templates) {
      Template route = Template.parse(template);
      List<RequestPath> requests = paths(4).stream().filter(route::matches).toList();
      for (String text : patterns) {
        ResourcePattern pattern = ResourcePattern.parse(text);
        long covered =
            requests.stream().filter(p -> pattern.covers(p, route, ClaimBinding.NONE)).count();
        Reach expected =
            covered == 0 ? Reach.NONE : covered == requests.size() ? Reach.WHOLE : Reach.PART;
        assertThat(Reach.of(pattern, route))
            .as("%s on %s: %d of %d", text, template, covered, requests.size())
            .isEqualTo(expected);
        seen.add(expected);
      }
    }
    assertThat(seen).containsExactly(Reach.values());
  }

  @Test
  void claimsReachAPartOfAVariable() {
    ResourcePattern mine = ResourcePattern.parse("/u/${claims.sub}");
    assertThat(Reach.of(mine, Template.parse("/u/{id}"))).isEqualTo(Reach.PART);
    assertThat(Reach.of(mine, Template.parse("/u/me"))).isEqualTo(Reach.NONE);
  }

  private static List<String> texts(List<String> middle, List<String> last) {
    var all = new ArrayList<>(List.of("/"));
    List<String> level = List.of("");
    for (int depth = 0; depth < 3; depth++) {
      var longer = new ArrayList<String>();
      for (String prefix : level) {
        middle.forEach(part -> longer.add(prefix + "/" + part));
        last.forEach(part -> all.add(prefix + "/" + part));
      }
      all.addAll(longer);
      level = longer;
    }
    return all;
  }

  private static List<RequestPath> paths(int depth) {
    var all = new ArrayList<>(List.of("/"));
    List<String> level = List.of("");
    for (int d = 0; d < depth; d++) {
      var longer = new ArrayList<String>();
      for (String prefix : level) {
        List.of("a", "b", "c").forEach(part -> longer.add(prefix + "/" + part));
      }
      all.addAll(longer);
      level = longer;
    }
    return all.stream().map(RequestPath::of).toList();
  }
}
