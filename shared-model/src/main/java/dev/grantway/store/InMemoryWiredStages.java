package dev.grantway.store;

import dev.grantway.policy.ApiId;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Connected stages that nothing outlives. */
final class InMemoryWiredStages implements WiredStages {
  private final Map<String, WiredStage> stages = new TreeMap<>();
  private final Map<String, WiringCheck> checks = new HashMap<>();
  private final Map<String, Instant> turns = new HashMap<>();

  private static String key(ApiId api, String stage) {
    return api + "#" + stage;
  }

  @Override
  public synchronized List<WiredStage> all() {
    return List.copyOf(stages.values());
  }

  @Override
  public synchronized Optional<WiredStage> find(ApiId api, String stage) {
    return Optional.ofNullable(stages.get(key(api, stage)));
  }

  @Override
  public synchronized void connect(WiredStage stage) {
    stages.put(key(stage.api(), stage.stage()), stage);
  }

  @Override
  public synchronized void disconnect(WiredStage stage) {
    stages.remove(key(stage.api(), stage.stage()));
    checks.remove(key(stage.api(), stage.stage()));
  }

  @Override
  public synchronized Optional<Kept> kept(ApiId api, String stage) {
    return Optional.ofNullable(checks.get(key(api, stage))).map(it -> new Kept(it, ""));
  }

  @Override
  public synchronized boolean keepFirst(ApiId api, String stage, WiringCheck check) {
    return checks.putIfAbsent(key(api, stage), check) == null;
  }

  @Override
  public synchronized boolean keepAfter(ApiId api, String stage, Kept before, WiringCheck check) {
    return checks.replace(key(api, stage), before.check(), check);
  }

  @Override
  public synchronized boolean takeTurn(ApiId api, String stage, Instant now, Instant until) {
    Instant taken = turns.getOrDefault(key(api, stage), Instant.MIN);
    if (now.isBefore(taken)) {
      return false;
    }
    turns.put(key(api, stage), until);
    return true;
  }
}
