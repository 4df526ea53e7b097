package dev.grantway.analysis;

import dev.grantway.policy.Permission;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import dev.grantway.resource.Action;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The grants that a change gains, loses, or leaves with other conditions, after inheritance,
 * wildcards and denials.
 */
public record EffectiveChange(List<Grant> gained, List<Grant> lost, List<Grant> changed) {

  public EffectiveChange {
    gained = List.copyOf(gained);
    lost = List.copyOf(lost);
    changed = List.copyOf(changed);
  }

  public boolean isNothing() {
    return gained.isEmpty() && lost.isEmpty() && changed.isEmpty();
  }

  /**
   * Compares the grants before and after. A grant that stays but whose determining permissions mean
   * something else is {@code changed}.
   */
  public static EffectiveChange between(
      List<Grant> before,
      Collection<Permission> permissionsBefore,
      List<Grant> after,
      Collection<Permission> permissionsAfter) {
    Map<Place, Grant> old = byPlace(before);
    Map<Place, Grant> now = byPlace(after);
    var meaningBefore = byId(permissionsBefore);
    var meaningAfter = byId(permissionsAfter);
    var gained = new ArrayList<Grant>();
    var lost = new ArrayList<Grant>();
    var changed = new ArrayList<Grant>();
    for (Map.Entry<Place, Grant> entry : now.entrySet()) {
      Grant grant = entry.getValue();
      Grant previous = old.get(entry.getKey());
      boolean wasAllowed = previous != null && previous.isAllowed();
      if (grant.isAllowed() && !wasAllowed) {
        gained.add(grant);
      } else if (!grant.isAllowed() && wasAllowed) {
        lost.add(grant);
      } else if (grant.isAllowed()
          && previous != null
          && (grant.conditional() || previous.conditional())
          && !meaning(grant, meaningAfter).equals(meaning(previous, meaningBefore))) {
        changed.add(grant);
      }
    }
    for (Map.Entry<Place, Grant> entry : old.entrySet()) {
      if (!now.containsKey(entry.getKey()) && entry.getValue().isAllowed()) {
        lost.add(entry.getValue());
      }
    }
    return new EffectiveChange(gained, lost, changed);
  }

  private record Place(RoleName role, Action action, Template template) {}

  private static Map<Place, Grant> byPlace(List<Grant> grants) {
    var places = LinkedHashMap.<Place, Grant>newLinkedHashMap(grants.size());
    for (Grant grant : grants) {
      places.put(new Place(grant.role(), grant.action(), grant.route().template()), grant);
    }
    return places;
  }

  private static Map<PermissionId, Permission> byId(Collection<Permission> permissions) {
    return permissions.stream()
        .collect(Collectors.toMap(Permission::id, Function.identity(), (one, same) -> one));
  }

  private static List<List<Object>> meaning(
      Grant grant, Map<PermissionId, Permission> permissions) {
    return grant.by().stream()
        .map(permissions::get)
        .map(p -> List.<Object>of(p.effect(), p.resource(), p.condition(), p.validity(), p.role()))
        .toList();
  }
}
