package dev.grantway.store;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * All permissions of one role for one API.
 *
 * @param closure every role it inherits, transitively, without itself: their slices are to be read
 *     too (SEM-07)
 * @param rows the role's own permissions, by id
 */
public record Slice(
    RoleName role, ApiId api, SortedSet<RoleName> closure, List<StampedPermission> rows) {

  public Slice {
    closure = Collections.unmodifiableSortedSet(new TreeSet<>(closure));
    rows = List.copyOf(rows);
  }

  public List<Permission> permissions() {
    return rows.stream().map(StampedPermission::permission).toList();
  }
}
