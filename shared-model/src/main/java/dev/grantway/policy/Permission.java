package dev.grantway.policy;

import dev.grantway.resource.Action;
import dev.grantway.resource.ResourcePattern;
import java.util.Set;

/**
 * The unit of policy data, and what operators edit: a role may, or may not, do these actions on
 * these resources of an API.
 *
 * @param actions some of the seven verbs, or {@code CONNECT} alone on WebSocket APIs
 * @param note why it exists, perhaps a ticket link; may be empty
 */
public record Permission(
    PermissionId id,
    RoleName role,
    Effect effect,
    ApiId api,
    StageScope stage,
    Set<Action> actions,
    ResourcePattern resource,
    Condition condition,
    Validity validity,
    String note) {

  private static final int MAX_NOTE = 1000;

  public Permission {
    if (actions.isEmpty()) {
      throw new IllegalArgumentException("permission `" + id + "` needs at least one method");
    }
    actions = Action.shared(actions);
    boolean connects = actions.equals(Set.of(Action.CONNECT));
    if (connects != resource.routeKey() || !connects && actions.contains(Action.CONNECT)) {
      throw new IllegalArgumentException(
          "permission `" + id + "`: a route key has no methods, and a path needs some");
    }
    if (note.length() > MAX_NOTE) {
      throw new IllegalArgumentException(
          "note of permission `" + id + "` is longer than " + MAX_NOTE + " characters");
    }
  }

  /** The same permission under other circumstances. */
  public Permission with(Condition newCondition, Validity newValidity) {
    return new Permission(
        id, role, effect, api, stage, actions, resource, newCondition, newValidity, note);
  }

  public boolean isEveryMethod() {
    return actions.equals(Action.VERBS);
  }
}
