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
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * cedar-java 4.10.0 with policies of the form that Amazon Verified Permissions sets up for API
 * Gateway: one for each group, {@code permit(principal in UserGroup::"…", action in [Action::"get
 * /…", …], resource)}, where an action is a method and a template
 * (docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-lambda-authorizer-verified-permissions.html);
 * here also one {@code forbid} for each. The policy set is parsed once and kept on the native side
 * ({@code PolicySet.cache()}, cedar-java pull request 350), the fastest way that it documents;
 * entities are handed over at each call, as its API asks.
 */
final class CedarPeer implements Peer {
  private final AuthorizationEngine engine = new BasicAuthorizationEngine();
  private final PolicySet policies;
  private final Entities entities;
  private final EntityUID caller = uid("User", "alice");
  private final EntityUID application = uid("Application", "bench");

  /** What one policy is about. */
  private record Group(RoleName role, Effect effect) {
    String keyword() {
      return switch (effect) {
        case ALLOW -> "permit";
        case DENY -> "forbid";
      };
    }

    Policy policy(SortedSet<String> actions) {
      return new Policy(
          "%s(principal in UserGroup::\"%s\", action in [%s], resource);"
              .formatted(
                  keyword(),
                  role.value(),
                  actions.stream()
                      .map(it -> "Action::\"" + it + "\"")
                      .collect(Collectors.joining(", "))),
          keyword() + "-" + role.value());
    }
  }

  CedarPeer(PeerWorld world, List<String> held) {
    policies = new PolicySet(policies(world));
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

  /** One for each role and effect. */
  static Set<Policy> policies(PeerWorld world) {
    Map<Group, SortedSet<String>> actions =
        world.permissions().stream()
            .collect(
                Collectors.groupingBy(
                    it -> new Group(it.role(), it.effect()),
                    Collectors.flatMapping(
                        CedarPeer::actions, Collectors.toCollection(TreeSet::new))));
    var set = new HashSet<Policy>();
    actions.forEach((group, of) -> set.add(group.policy(of)));
    return set;
  }

  private static Stream<String> actions(Permission permission) {
    return permission.actions().stream().map(it -> action(it.name(), permission.resource()));
  }

  private static String action(String method, Object template) {
    return method.toLowerCase(Locale.ROOT) + " " + template;
  }

  private static EntityUID uid(String type, String id) {
    return EntityUID.parse(type + "::\"" + id + "\"").orElseThrow();
  }

  @Override
  public boolean allows(PeerWorld.Asked asked) {
    EntityUID action = uid("Action", action(asked.method(), asked.template()));
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
