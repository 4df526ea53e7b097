package dev.grantway.resource;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * One {@code METHOD /path/template} that an API really serves; {@code ANY} stands for the seven
 * verbs. On WebSocket the action is {@code CONNECT} and the template a route key.
 *
 * @param operationId the name of the operation in the API's description, or empty
 * @param owner who answers for the route, or empty
 */
public record Route(
    Set<Action> actions,
    Template template,
    String operationId,
    SortedSet<String> tags,
    String owner,
    Access access,
    State state) {

  /** Whether callers need a grant: {@code PUBLIC} routes have no authorizer attached. */
  public enum Access {
    GRANTED,
    PUBLIC,
    CLOSED
  }

  /** Where the route is in its life; {@code GONE} ones are still decided and fenced (COMP-01). */
  public enum State {
    CURRENT,
    NEW,
    DEPRECATED,
    GONE
  }

  public Route {
    actions = Set.copyOf(actions);
    tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    if (actions.isEmpty() || actions.size() > 1 && !actions.equals(Action.VERBS)) {
      throw new IllegalArgumentException("a route has one method, or ANY");
    }
  }

  /** Reads {@code GET /orders/{id}}, {@code ANY /files/{path+}} or {@code $default}. */
  public static Route parse(String text) {
    if (text.equals("$default")) {
      return of(Action.VERBS, Template.parse(text));
    }
    int space = text.indexOf(' ');
    if (space < 0) {
      throw new IllegalArgumentException(
          "route `" + text + "` needs a method and a path, for example GET /orders");
    }
    String method = text.substring(0, space);
    Template template = Template.parse(text.substring(space + 1).strip());
    if (method.equals("ANY")) {
      return of(Action.VERBS, template);
    }
    return Action.verb(method)
        .map(verb -> of(Set.of(verb), template))
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "method `" + method + "` is none of " + Action.VERBS + " or ANY"));
  }

  /** A route of a WebSocket API. */
  public static Route ofRouteKey(String key) {
    return of(Set.of(Action.CONNECT), Template.ofRouteKey(key));
  }

  private static Route of(Set<Action> actions, Template template) {
    return new Route(actions, template, "", new TreeSet<>(), "", Access.GRANTED, State.CURRENT);
  }

  public boolean hasTag(String tag) {
    return tags.stream().anyMatch(it -> Label.same(it, tag));
  }

  public boolean isOwnedBy(String somebody) {
    return Label.same(owner, somebody);
  }

  public boolean isAny() {
    return actions.size() > 1;
  }

  /** {@code GET}, {@code ANY}, or {@code CONNECT} on WebSocket. */
  public String method() {
    return isAny() ? "ANY" : actions.iterator().next().name();
  }

  /** One action of it, such as {@code GET /orders/{id}}; on WebSocket the route key alone. */
  public String text(Action action) {
    return action == Action.CONNECT ? template.toString() : action + " " + template;
  }

  /** {@code GET /orders/{id}}; on WebSocket and for {@code $default} the key alone. */
  @Override
  public String toString() {
    return template.kind() == Template.Kind.PATH ? method() + " " + template : template.toString();
  }
}
