package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.decision.AccessRequest;
import dev.grantway.decision.Decisions;
import dev.grantway.decision.LookedAt;
import dev.grantway.decision.PermissionIndex;
import dev.grantway.decision.Principal;
import dev.grantway.decision.RequestContext;
import dev.grantway.decision.TriedCondition;
import dev.grantway.resource.Action;
import dev.grantway.resource.RequestPath;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * What the authorizer leaves out of a request, and the permissions that it does not look at, decide
 * nothing: the decision and every condition tried are those of everything.
 */
class LeftOutTest {
  private static final int POLICIES = 150;

  @Test
  void whatIsLeftOutDecidesNothing() {
    long seed = Long.getLong("grantway.left-out.seed", new Random().nextLong());
    System.out.println("LeftOutTest: -Dgrantway.left-out.seed=" + seed);
    int conditions = 0;
    int fewer = 0;
    for (int i = 0; i < POLICIES; i++) {
      var compiled = new RandomPolicy(seed, i, true).request();
      var lookedAt = LookedAt.by(compiled.permissions());
      var index = new PermissionIndex(compiled.permissions());
      var random = new Random(seed + i);
      for (String text : SamplePaths.of(compiled.api().routes(), compiled.permissions(), random)) {
        var path = RequestPath.of(text);
        var near = index.near(path);
        fewer += near.size() < compiled.permissions().size() ? 1 : 0;
        for (Action action : List.of(Action.GET, Action.DELETE)) {
          var whole = whole(compiled.request(), action, path);
          var less = less(whole, lookedAt);
          var all = TriedCondition.of(compiled.api(), whole, compiled.permissions());
          conditions += all.size();
          assertThat(Decisions.decide(compiled.api(), less, near))
              .as("%s %s of policy %s under seed %s", action, text, i, seed)
              .isEqualTo(Decisions.decide(compiled.api(), whole, compiled.permissions()));
          assertThat(TriedCondition.of(compiled.api(), less, near))
              .as("conditions of %s %s of policy %s under seed %s", action, text, i, seed)
              .isEqualTo(all);
        }
      }
    }
    assertThat(conditions).as("conditions tried").isGreaterThan(POLICIES);
    assertThat(fewer).as("paths with few permissions near").isGreaterThan(POLICIES);
  }

  private static AccessRequest whole(AccessRequest request, Action action, RequestPath path) {
    var context =
        new RequestContext(
            request.context().sourceIp(),
            Map.of("x-tenant", List.of("acme")),
            Map.of("q", List.of("1")),
            request.context().now());
    return new AccessRequest(
        request.api(), request.stage(), action, path, null, request.principal(), context);
  }

  private static AccessRequest less(AccessRequest whole, LookedAt at) {
    var all = whole.principal();
    var principal =
        new Principal(
            all.issuer(),
            all.subject(),
            at.client() ? all.client() : "",
            all.groups(),
            all.roles(),
            at.claims().isEmpty() ? Map.of() : all.claims(),
            at.scopes() ? all.scopes() : Set.of());
    var context = whole.context();
    return new AccessRequest(
        whole.api(),
        whole.stage(),
        whole.action(),
        whole.path(),
        null,
        principal,
        at.parameters()
            ? context
            : new RequestContext(context.sourceIp(), Map.of(), Map.of(), context.now()));
  }
}
