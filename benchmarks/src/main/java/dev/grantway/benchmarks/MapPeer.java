package dev.grantway.benchmarks;

import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What people write by hand today: a map from role to the methods and templates that it allows or
 * denies, asked with the {@code resourcePath} of the event. It knows one API and one stage, no
 * patterns, conditions or validity, and gives no reason.
 */
final class MapPeer implements Peer {
  private final Map<String, Map<String, Effect>> rules = new HashMap<>();
  private final List<String> held;

  MapPeer(PeerWorld world, List<String> held) {
    this.held = held;
    for (Permission it : world.permissions()) {
      Map<String, Effect> ofRole =
          rules.computeIfAbsent(it.role().value(), role -> new HashMap<>());
      it.actions()
          .forEach(
              action ->
                  ofRole.merge(
                      action.name() + " " + it.resource(),
                      it.effect(),
                      (one, other) -> one == Effect.DENY ? one : other));
    }
  }

  @Override
  public boolean allows(PeerWorld.Asked asked) {
    String place = asked.method() + " " + asked.template();
    boolean allowed = false;
    for (String role : held) {
      Effect effect = rules.getOrDefault(role, Map.of()).get(place);
      if (effect == Effect.DENY) {
        return false;
      }
      allowed |= effect == Effect.ALLOW;
    }
    return allowed;
  }
}
