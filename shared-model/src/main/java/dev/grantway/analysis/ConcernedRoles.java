package dev.grantway.analysis;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which roles changes concern, API by API, directly or by what they inherit. For one thread.
 *
 * <p>Roles for which it is the same permissions share one set of them, so that whoever works
 * something out for such a set does it once.
 */
public final class ConcernedRoles {
  private final PolicySide before;
  private final PolicySide after;
  private final Set<RoleName> touched;

  /** What a role inherits on one side alone, and what it holds on both that was touched. */
  private record Difference(
      SortedSet<RoleName> lost, SortedSet<RoleName> gained, SortedSet<RoleName> touched) {}

  private ConcernedRoles(PolicySide before, PolicySide after, Set<RoleName> touched) {
    this.before = before;
    this.after = after;
    this.touched = touched;
  }

  /**
   * For each API that changes concern, the roles that have other permissions than before, with
   * those that they have on one side alone; and where routes or stages are others, every role, with
   * none.
   *
   * @param touched the roles that have a changed row or own permission
   */
  public static SortedMap<ApiId, Map<RoleName, Set<Permission>>> of(
      PolicySide before, PolicySide after, Set<RoleName> touched) {
    var roles = new ConcernedRoles(before, after, touched);
    var concerned = new TreeMap<ApiId, Map<RoleName, Set<Permission>>>();
    var apis = new TreeSet<>(before.apis().keySet());
    apis.addAll(after.apis().keySet());
    Set<RoleName> heirs = roles.heirs();
    for (ApiId api : apis) {
      Map<RoleName, Set<Permission>> here =
          before.api(api).equals(after.api(api))
              ? roles.changed(api, heirs)
              : everyRole(before, after);
      if (!here.isEmpty()) {
        concerned.put(api, here);
      }
    }
    return concerned;
  }

  private static SortedMap<RoleName, Set<Permission>> everyRole(
      PolicySide before, PolicySide after) {
    var each = new TreeMap<RoleName, Set<Permission>>();
    every(before, after).forEach(role -> each.put(role, Set.of()));
    return each;
  }

  /** Every role of either side, and the built-in one. */
  public static SortedSet<RoleName> every(PolicySide before, PolicySide after) {
    var every = new TreeSet<>(before.roles().keySet());
    every.addAll(after.roles().keySet());
    every.add(RoleName.AUTHENTICATED);
    return every;
  }

  /** The touched roles and those that inherit them, before or after. */
  private Set<RoleName> heirs() {
    var heirs = new TreeSet<>(touched);
    for (PolicySide side : List.of(before, after)) {
      for (RoleName role : side.roles().keySet()) {
        if (!Collections.disjoint(side.closure(role), touched)) {
          heirs.add(role);
        }
      }
    }
    return heirs;
  }

  private SortedMap<RoleName, Set<Permission>> changed(ApiId api, Set<RoleName> heirs) {
    Map<RoleName, Difference> differences = differences(heirs);
    var asked = new TreeSet<RoleName>();
    differences
        .values()
        .forEach(
            it -> {
              asked.addAll(it.lost());
              asked.addAll(it.gained());
              asked.addAll(it.touched());
            });
    before.view().permissions(asked, api);
    var own = new HashMap<RoleName, Set<Permission>>();
    var known = new HashMap<Difference, Set<Permission>>();
    var changed = new TreeMap<RoleName, Set<Permission>>();
    differences.forEach(
        (role, difference) -> {
          Set<Permission> permissions =
              known.computeIfAbsent(difference, it -> permissions(it, api, own));
          if (!permissions.isEmpty()) {
            changed.put(role, permissions);
          }
        });
    return changed;
  }

  private Map<RoleName, Difference> differences(Collection<RoleName> roles) {
    var differences = new HashMap<RoleName, Difference>();
    for (RoleName role : roles) {
      SortedSet<RoleName> old = before.closure(role);
      SortedSet<RoleName> now = after.closure(role);
      var kept = new TreeSet<>(old);
      kept.retainAll(now);
      kept.retainAll(touched);
      differences.put(role, new Difference(less(old, now), less(now, old), kept));
    }
    return differences;
  }

  private Set<Permission> permissions(
      Difference difference, ApiId api, Map<RoleName, Set<Permission>> own) {
    var permissions = new LinkedHashSet<Permission>();
    permissions.addAll(before.view().permissions(difference.lost(), api));
    permissions.addAll(after.view().permissions(difference.gained(), api));
    difference
        .touched()
        .forEach(
            role -> permissions.addAll(own.computeIfAbsent(role, it -> ownOnOneSide(it, api))));
    return Collections.unmodifiableSet(permissions);
  }

  /** The role's own permissions that it has on one side alone, or that say something else there. */
  private Set<Permission> ownOnOneSide(RoleName role, ApiId api) {
    var old = new LinkedHashSet<>(before.view().permissions(List.of(role), api));
    var now = new LinkedHashSet<>(after.view().permissions(List.of(role), api));
    var both = new LinkedHashSet<>(old);
    both.retainAll(now);
    old.addAll(now);
    old.removeAll(both);
    return old;
  }

  private static SortedSet<RoleName> less(SortedSet<RoleName> all, SortedSet<RoleName> others) {
    var left = new TreeSet<>(all);
    left.removeAll(others);
    return left;
  }
}
