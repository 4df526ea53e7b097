package dev.grantway.imports;

import dev.grantway.analysis.PolicyView;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.RoleName;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Policy data that an import is compared with.
 *
 * @param rules the rows of rules and tests
 * @param members the membership list beside policy data, where one is imported
 */
public record ImportBase(PolicyView view, List<PolicyRow> rules, LastList members) {
  public ImportBase {
    rules = List.copyOf(rules);
  }

  /** Without a membership list. */
  public ImportBase(PolicyView view, List<PolicyRow> rules) {
    this(view, rules, LastList.NONE);
  }

  /** What a membership list is compared with, which no policy data is. */
  public static ImportBase of(LastList members) {
    return new ImportBase(PolicyView.of(Policy.EMPTY), List.of(), members);
  }

  /** A policy that is held whole, and its tests, which name APIs by id. */
  public static ImportBase of(Policy policy, Collection<PolicyRow.OfTest> tests) {
    var bare = new Policy(List.of(), List.of(), List.of(), List.of(), policy.rules());
    var rules = new ArrayList<>(PolicyRows.of(bare).values());
    rules.addAll(tests);
    return new ImportBase(PolicyView.of(policy), rules);
  }

  Optional<Api> named(String name) {
    return view.apis().stream().filter(api -> api.name().equals(name)).findFirst();
  }

  String name(ApiId id) {
    return view.api(id).map(Api::name).orElseGet(id::value);
  }

  /** Every role that may have permissions: also everybody's, which needs no row. */
  SortedSet<RoleName> roles() {
    var roles = new TreeSet<>(view.roles().keySet());
    roles.add(RoleName.AUTHENTICATED);
    return roles;
  }

  /** Every permission of an API. */
  List<Permission> permissions(ApiId api) {
    return view.permissions(roles(), api);
  }
}
