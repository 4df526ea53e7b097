package dev.grantway.compile;

import dev.grantway.policy.Permission;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Permissions by the literal that their patterns begin with, so that few need be decided on. */
final class PermissionIndex {
  private final Map<String, List<Permission>> byFirst = new HashMap<>();
  private final List<Permission> others = new ArrayList<>();

  PermissionIndex(Collection<Permission> permissions) {
    for (Permission permission : permissions) {
      List<Segment> segments = permission.resource().segments();
      if (!segments.isEmpty() && segments.getFirst() instanceof Segment.Literal(var text)) {
        byFirst.computeIfAbsent(text, first -> new ArrayList<>()).add(permission);
      } else {
        others.add(permission);
      }
    }
    byFirst.values().forEach(there -> there.addAll(others));
  }

  /** Every permission that covers the path as it stands or normalised, and some that do not. */
  Collection<Permission> near(RequestPath path) {
    List<Permission> asItStands = at(path);
    if (path.isRegular()) {
      return asItStands;
    }
    List<Permission> normalised = at(path.normalised());
    if (normalised.equals(asItStands)) {
      return asItStands;
    }
    var both = new ArrayList<>(asItStands);
    both.addAll(normalised);
    return both;
  }

  private List<Permission> at(RequestPath path) {
    List<String> segments = path.segments();
    return segments.isEmpty() ? others : byFirst.getOrDefault(segments.getFirst(), others);
  }
}
