package dev.grantway.benchmarks;

import dev.grantway.policy.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.casbin.jcasbin.main.CachedEnforcer;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.casbin.jcasbin.persist.FilteredAdapter;

/**
 * jCasbin 1.99.0 with a model that its manual gives for RBAC, RESTful paths and deny-override
 * (casbin.org/docs/supported-models, casbin.org/docs/function: {@code keyMatch2} takes {@code
 * /resource/:id}). One enforcer holds every rule and looks at each; {@link CachedEnforcer} is what
 * its manual has for the same question asked again; and for many rules the manual has sharding: an
 * enforcer that loads only the rules that matter to it (casbin.org/docs/performance and
 * /docs/policy-subset-loading).
 */
final class CasbinPeer implements Peer {
  private static final String MODEL =
      """
      [request_definition]
      r = sub, obj, act
      [policy_definition]
      p = sub, obj, act, eft
      [role_definition]
      g = _, _
      [policy_effect]
      e = some(where (p.eft == allow)) && !some(where (p.eft == deny))
      [matchers]
      m = r.act == p.act && g(r.sub, p.sub) && keyMatch2(r.obj, p.obj)
      """;
  private static final String CALLER = "alice";

  private final Supplier<Enforcer> enforcers;

  private CasbinPeer(Supplier<Enforcer> enforcers) {
    this.enforcers = enforcers;
  }

  /**
   * One enforcer that holds every rule, with the caller's roles as its role definitions.
   *
   * @param cached whether answers are kept by question
   */
  static CasbinPeer of(PeerWorld world, List<String> held, boolean cached) {
    Enforcer enforcer = silent(cached ? new CachedEnforcer(model()) : new Enforcer(model()));
    enforcer.addPolicies(
        world.permissions().stream().flatMap(CasbinPeer::rules).distinct().toList());
    held.forEach(role -> enforcer.addGroupingPolicy(CALLER, role));
    return new CasbinPeer(() -> enforcer);
  }

  /**
   * An enforcer for each set of roles, with the rules of those roles alone, loaded when the set is
   * first seen and kept.
   */
  static CasbinPeer sharded(PeerWorld world, List<String> held) {
    var adapter = new Rules(world);
    var kept = new HashMap<Set<String>, Enforcer>();
    return new CasbinPeer(
        () ->
            kept.computeIfAbsent(
                new TreeSet<>(held),
                roles -> {
                  Enforcer enforcer = silent(new Enforcer(model()));
                  enforcer.setAdapter(adapter);
                  enforcer.loadFilteredPolicy(roles);
                  return enforcer;
                }));
  }

  private static Model model() {
    var model = new Model();
    model.loadModelFromText(MODEL);
    return model;
  }

  private static Enforcer silent(Enforcer enforcer) {
    enforcer.enableLog(false);
    enforcer.enableAutoSave(false);
    return enforcer;
  }

  private static Stream<List<String>> rules(Permission permission) {
    return permission.actions().stream()
        .map(
            action ->
                List.of(
                    permission.role().value(),
                    permission.resource().toString().replace("{id}", ":id"),
                    action.name(),
                    switch (permission.effect()) {
                      case ALLOW -> "allow";
                      case DENY -> "deny";
                    }));
  }

  /** Every rule, of which it hands out those of a set of roles, which the caller then has. */
  private static final class Rules implements FilteredAdapter {
    private final Map<String, List<List<String>>> ofRole;
    private boolean filtered;

    Rules(PeerWorld world) {
      ofRole =
          world.permissions().stream()
              .flatMap(CasbinPeer::rules)
              .distinct()
              .collect(Collectors.groupingBy(List::getFirst));
    }

    @Override
    public void loadFilteredPolicy(Model model, Object filter) {
      for (Object role : (Set<?>) filter) {
        ofRole
            .getOrDefault(role.toString(), List.of())
            .forEach(rule -> model.addPolicy("p", "p", rule));
        model.addPolicy("g", "g", List.of(CALLER, role.toString()));
      }
      filtered = true;
    }

    @Override
    public boolean isFiltered() {
      return filtered;
    }

    @Override
    public void loadPolicy(Model model) {
      loadFilteredPolicy(model, ofRole.keySet());
      filtered = false;
    }

    @Override
    public void savePolicy(Model model) {
      throw new UnsupportedOperationException("rules are only read here");
    }

    @Override
    public void addPolicy(String section, String type, List<String> rule) {
      throw new UnsupportedOperationException("rules are only read here");
    }

    @Override
    public void removePolicy(String section, String type, List<String> rule) {
      throw new UnsupportedOperationException("rules are only read here");
    }

    @Override
    public void removeFilteredPolicy(String section, String type, int from, String... values) {
      throw new UnsupportedOperationException("rules are only read here");
    }
  }

  @Override
  public boolean allows(PeerWorld.Asked asked) {
    return enforcers.get().enforce(CALLER, asked.path(), asked.method());
  }
}
