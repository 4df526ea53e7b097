package dev.grantway.compile;

import dev.grantway.policy.Effect;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Route;
import dev.grantway.resource.RouteTable;
import dev.grantway.resource.Template;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The requests of one verb that reach one route: what a ROUTE document is about. Every verb is a
 * world of its own, since it is the literal first part of what the globs match.
 *
 * @param template of the route
 */
record Territory(RouteTable table, Action action, Template template) {

  /** The template's own paths, before others of the table take some of them. */
  List<TokenList> paths() {
    return TokenLists.of(template);
  }

  /**
   * The other templates of the table. On REST those of every verb: it chooses the resource first
   * and the method after, without falling back.
   */
  List<TokenList> others() {
    return table.routes().stream()
        .map(Route::template)
        .filter(other -> !other.sameShape(template))
        .flatMap(other -> TokenLists.of(other).stream())
        .distinct()
        .toList();
  }

  /** True if API Gateway sends a fresh path of the list here, and so every path of it. */
  boolean receives(TokenList list) {
    if (table.isEmpty()) {
      return true;
    }
    Optional<Route> route = table.route(action, RequestPath.of(list.fresh()));
    return route.filter(chosen -> chosen.template().sameShape(template)).isPresent();
  }

  /** SEM-02, SEM-03 on a list of which every permission holds all or nothing. */
  boolean allows(TokenList list, Collection<Grant> grants) {
    return receives(list)
        && covered(list, grants, Effect.ALLOW)
        && !covered(list, grants, Effect.DENY);
  }

  private boolean covered(TokenList list, Collection<Grant> grants, Effect effect) {
    return grants.stream().anyMatch(grant -> grant.effect() == effect && covers(grant, list));
  }

  /** True if the grant's pattern covers a fresh path of the list, and so every path of it. */
  boolean covers(Grant grant, TokenList list) {
    @Nullable Template chosen = table.isEmpty() ? null : template;
    return grant.pattern().covers(RequestPath.of(list.fresh()), chosen, grant.claims());
  }

  /** The parts of these paths that the grants of that effect cover. */
  Stream<TokenList> parts(TokenList paths, Collection<Grant> grants, Effect effect) {
    return grants.stream()
        .filter(grant -> grant.effect() == effect)
        .flatMap(
            grant ->
                TokenLists.of(grant.pattern(), grant.claims()).stream()
                    .flatMap(pattern -> paths.meet(pattern).stream())
                    .filter(part -> covers(grant, part)));
  }
}
