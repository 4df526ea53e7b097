package dev.grantway.analysis;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Policy data before or after changes, with who inherits what worked out once. For one thread; its
 * answers are not to be changed.
 */
public final class PolicySide {
  private final PolicyView view;
  private final SortedMap<RoleName, Role> roles;
  private final RoleGraph graph;
  private final SortedMap<ApiId, Api> apis = new TreeMap<>();
  private final Map<RoleName, SortedSet<RoleName>> closures = new HashMap<>();

  public PolicySide(PolicyView view) {
    this.view = view;
    this.roles = view.roles();
    this.graph = new RoleGraph(roles.values());
    view.apis().forEach(api -> apis.put(api.id(), api));
  }

  public PolicyView view() {
    return view;
  }

  public SortedMap<RoleName, Role> roles() {
    return roles;
  }

  public SortedMap<ApiId, Api> apis() {
    return apis;
  }

  public Optional<Api> api(ApiId id) {
    return Optional.ofNullable(apis.get(id));
  }

  /** The stages of an API; none where there is no such API. */
  public Set<String> stages(ApiId id) {
    return api(id).<Set<String>>map(api -> new TreeSet<>(api.stages())).orElseGet(Set::of);
  }

  public boolean serves(ApiId id, String stage) {
    return api(id).filter(api -> api.stages().contains(stage)).isPresent();
  }

  /** The built-in role is there without a row of its own. */
  public boolean has(RoleName role) {
    return roles.containsKey(role) || role.equals(RoleName.AUTHENTICATED);
  }

  /** The role and all that it inherits; none where there is no such role. */
  public SortedSet<RoleName> closure(RoleName role) {
    return closures.computeIfAbsent(
        role, it -> has(it) ? graph.closure(List.of(it)) : new TreeSet<>());
  }

  /** All that a token with these roles holds: what they inherit, and {@code authenticated}. */
  public SortedSet<RoleName> held(Collection<RoleName> of) {
    var all = new TreeSet<>(of);
    all.add(RoleName.AUTHENTICATED);
    return graph.closure(all);
  }

  /** Has read together what {@link #permissions} of these roles will be asked for. */
  public void fetch(Collection<RoleName> of, ApiId api) {
    var held = new TreeSet<RoleName>();
    of.forEach(role -> held.addAll(closure(role)));
    view.permissions(held, api);
  }

  /** The role's permissions, its own and inherited ones. */
  public List<Permission> permissions(RoleName role, ApiId api) {
    return view.permissions(closure(role), api);
  }
}
