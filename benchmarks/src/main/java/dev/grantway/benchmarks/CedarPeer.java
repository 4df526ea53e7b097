package dev.grantway.benchmarks;

import com.cedarpolicy.AuthorizationEngine;
import com.cedarpolicy.BasicAuthorizationEngine;
import com.cedarpolicy.model.AuthorizationRequest;
import com.cedarpolicy.model.AuthorizationResponse;
import com.cedarpolicy.model.Context;
import com.cedarpolicy.model.entity.Entities;
import com.cedarpolicy.model.entity.Entity;
import com.cedarpolicy.model.exception.AuthException;
import com.cedarpolicy.model.exception.CacheException;
import com.cedarpolicy.model.policy.Policy;
import com.cedarpolicy.model.policy.PolicySet;
import com.cedarpolicy.value.EntityUID;
import dev.grantway.policy.Permission;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * cedar-java 4.10.0 with the model that Amazon Verified Permissions sets up for API Gateway: an
 * action is a method and a template, a policy permits or forbids a group an action
 * (docs.aws.amazon.com/verifiedpermissions, "Quick start with API Gateway"). The policy set is
 * parsed once and kept on the native side ({@code PolicySet.cache()}, cedar-java pull request 350),
 * the fastest way that it documents; entities are handed over at each call, as its API asks.
 */
final class CedarPeer implements Peer {
  private final AuthorizationEngine engine = new BasicAuthorizationEngine();
  private final PolicySet policies;
  private final Entities entities;
  private final EntityUID caller = uid("User", "alice");
  private final EntityUID application = uid("Application", "bench");

  CedarPeer(PeerWorld world, List<String> held) {
    var set = new HashSet<Policy>();
    for (Permission it : world.permissions()) {
      it.actions()
          .forEach(
              action ->
                  set.add(
                      new Policy(
                          switch (it.effect()) {
                                case ALLOW -> "permit";
                                case DENY -> "forbid";
                              }
                              + "(principal in UserGroup::\""
                              + it.role().value()
                              + "\", action == Action::\""
                              + action.name()
                              + " "
                              + it.resource()
                              + "\", resource);",
                          it.id().value() + action.name())));
    }
    policies = new PolicySet(set);
    try {
      policies.cache();
      Answers.mustBe(
          true, policies.cacheKey().isPresent(), "whether cedar-java keeps the policies");
    } catch (CacheException refused) {
      throw new IllegalStateException("cedar-java does not keep the policies", refused);
    }
    Set<EntityUID> groups =
        held.stream().map(role -> uid("UserGroup", role)).collect(Collectors.toSet());
    entities = new Entities(Set.of(new Entity(caller, groups)));
  }

  private static EntityUID uid(String type, String id) {
    return EntityUID.parse(type + "::\"" + id + "\"").orElseThrow();
  }

  @Override
  public boolean allows(PeerWorld.Asked asked) {
    EntityUID action = uid("Action", asked.method() + " " + asked.template());
    try {
      AuthorizationResponse answer =
          engine.isAuthorized(
              new AuthorizationRequest(caller, action, application, new Context()),
              policies,
              entities);
      return answer
          .success
          .orElseThrow(() -> new IllegalStateException("cedar-java failed: " + answer))
          .isAllowed();
    } catch (AuthException failed) {
      throw new IllegalStateException("cedar-java failed", failed);
    }
  }
}
