package dev.grantway.admin.whocan;

import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** What callers may do that instances of the authorizer were asked for with just these roles. */
public record SeenAnswer(SortedSet<RoleName> roles, Standing standing) {
  public SeenAnswer {
    roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
  }
}
