package dev.grantway.decision;

import dev.grantway.policy.Permission;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Permissions by the literal that their patterns begin with, so that few need be decided on. */
public final class PermissionIndex {
  private final Map<String, List<Permission>> byFirst = new HashMap<>();
  private final List<Permission> others = new ArrayList<>();

  public PermissionIndex(Collection<Permission> permissions) {
    for (Permission permission : permissions) {
      List<Segment> segments = permission.resource().segments();
      if (!segments.isEmpty() && segments.getFirst() instanceof Segment.Literal(var text)) {
        byFirst.computeIfAbsent(text, first -> new ArrayList<>(others)).add(permission);
      } else {
        others.add(permission);
        byFirst.values().forEach(there -> there.add(permission));
      }
    }
  }

  /**
   * Every permission that covers the path as it stands or normalised, and some that do not, in the
   * order given: a decision on these is the decision on all.
   */
  public Collection<Permission> near(RequestPath path) {
    List<Permission> asItStands = at(path);
    if (path.isRegular()) {
      return asItStands;
    }
    List<Permission> normalised = at(path.normalised());
    if (normalised.equals(asItStands)) {
      return asItStands;
    }
    Set<Permission> there = Collections.newSetFromMap(new IdentityHashMap<>());
    there.addAll(asItStands);
    var both = new ArrayList<>(asItStands);
    for (Permission permission : normalised) {
      if (there.add(permission)) {
        both.add(permission);
      }
    }
    return both;
  }

  private List<Permission> at(RequestPath path) {
    List<String> segments = path.segments();
    return segments.isEmpty() ? others : byFirst.getOrDefault(segments.getFirst(), others);
  }
}
