package dev.grantway.admin.changes;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A role that a draft gives to a subject, client or group, or takes from one.
 *
 * @param kind {@code GAINED} or {@code LOST}
 * @param value whose it is
 * @param apis the names of those in which the role may call something
 * @param routes how many it may call there
 */
public record HolderChange(
    GrantChange.Kind kind,
    Assignment.Kind of,
    String value,
    RoleName role,
    SortedSet<String> apis,
    int routes) {

  public HolderChange {
    apis = Collections.unmodifiableSortedSet(new TreeSet<>((Set<String>) apis));
  }
}
