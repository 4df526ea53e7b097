package dev.grantway.benchmarks;

import dev.grantway.policy.Permission;
import java.util.ArrayList;
import java.util.List;
import org.casbin.jcasbin.main.CachedEnforcer;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;

/**
 * jCasbin 1.99.0 with a model that its manual gives for RBAC, RESTful paths and deny-override
 * (casbin.org/docs/supported-models, casbin.org/docs/function: {@code keyMatch2} takes {@code
 * /resource/:id}). {@link CachedEnforcer} is what its manual has for the same question asked again;
 * without it, every rule is looked at.
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

  private final Enforcer enforcer;

  private CasbinPeer(Enforcer enforcer) {
    this.enforcer = enforcer;
  }

  /**
   * With the caller's roles as its role definitions.
   *
   * @param cached whether answers are kept by question
   */
  static CasbinPeer of(PeerWorld world, List<String> held, boolean cached) {
    var model = new Model();
    model.loadModelFromText(MODEL);
    Enforcer enforcer = cached ? new CachedEnforcer(model) : new Enforcer(model);
    enforcer.enableLog(false);
    enforcer.enableAutoSave(false);
    var rules = new ArrayList<List<String>>();
    for (Permission it : world.permissions()) {
      it.actions()
          .forEach(
              action ->
                  rules.add(
                      List.of(
                          it.role().value(),
                          it.resource().toString().replace("{id}", ":id"),
                          action.name(),
                          switch (it.effect()) {
                            case ALLOW -> "allow";
                            case DENY -> "deny";
                          })));
    }
    enforcer.addPolicies(rules.stream().distinct().toList());
    held.forEach(role -> enforcer.addGroupingPolicy(CALLER, role));
    return new CasbinPeer(enforcer);
  }

  @Override
  public boolean allows(PeerWorld.Asked asked) {
    return enforcer.enforce(CALLER, asked.path(), asked.method());
  }
}
