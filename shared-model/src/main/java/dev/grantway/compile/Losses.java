package dev.grantway.compile;

import dev.grantway.compile.VerbGlobs.Clash;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a document does not allow although it is granted, exactly (COMP-03).
 *
 * @param routes of which everything that is granted with a verb was dropped
 * @param clashes that cost single requests
 */
record Losses(Set<Granted> routes, List<Clash> clashes) {

  /** What is granted of a route with one verb. */
  record Granted(Action action, Route route) {}

  Losses {
    routes = Set.copyOf(routes);
    clashes = List.copyOf(clashes);
  }

  /** True if that granted request is one of them. */
  boolean contains(Action action, RequestPath path, @Nullable Route route) {
    if (route != null && routes.contains(new Granted(action, route))) {
      return true;
    }
    var tokens = new ArrayList<Token>();
    path.segments().forEach(segment -> tokens.add(new Token.Literal(segment)));
    var list = new TokenList(tokens);
    return clashes.stream()
        .filter(clash -> clash.action() == action)
        .anyMatch(clash -> clash.lost().stream().anyMatch(lost -> lost.contains(list)));
  }

  /** Each as {@code GET /teams/{id}}, or with literals where only one value is lost; sorted. */
  List<String> texts() {
    var texts = new TreeSet<String>();
    routes.forEach(each -> texts.add(text(each)));
    for (Clash clash : clashes) {
      texts.addAll(texts(clash.action(), clash.lost()));
    }
    return List.copyOf(texts);
  }

  /** By the name of the route if it is lost for every verb. */
  private String text(Granted granted) {
    Route route = granted.route();
    boolean whole =
        route.actions().stream().allMatch(verb -> routes.contains(new Granted(verb, route)));
    return whole ? route.toString() : granted.action() + " " + route.template();
  }

  private static List<String> texts(Action action, Collection<TokenList> lists) {
    return lists.stream().map(list -> action + " " + list.templateText()).toList();
  }
}
