package dev.grantway.analysis;

import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What a finding is about, for its place in a file or a page. */
public sealed interface Subject {

  /** How a waiver names it. */
  String text();

  /** One permission. */
  record OfPermission(PermissionId permission) implements Subject {
    @Override
    public String text() {
      return permission.value();
    }
  }

  /**
   * What a role may do on a stage of an API.
   *
   * @param api its name
   * @param stage or {@code *} for every stage
   */
  record OfRole(RoleName role, String api, String stage) implements Subject {
    @Override
    public String text() {
      return role + "@" + api + "/" + stage;
    }
  }

  /**
   * What several roles held together may do on a stage of an API.
   *
   * @param api its name
   */
  record OfRoles(SortedSet<RoleName> roles, String api, String stage) implements Subject {
    public OfRoles {
      roles = Collections.unmodifiableSortedSet(new TreeSet<>(roles));
    }

    /** The roles as a waiver names them: {@code clerk+finance}. */
    public String held() {
      return roles.stream().map(RoleName::value).collect(Collectors.joining("+"));
    }

    @Override
    public String text() {
      return held() + "@" + api + "/" + stage;
    }
  }

  /** A whole API, by its name. */
  record OfApi(String api) implements Subject {
    @Override
    public String text() {
      return api;
    }
  }

  /** An invariant, by its name. */
  record OfInvariant(String name) implements Subject {
    @Override
    public String text() {
      return name;
    }
  }
}
