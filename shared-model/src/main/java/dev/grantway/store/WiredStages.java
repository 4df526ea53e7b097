package dev.grantway.store;

import dev.grantway.policy.ApiId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Stages that are connected to deployed APIs, beside the policy: no part of any revision. */
public interface WiredStages {

  /** All that are connected, by API and stage. */
  List<WiredStage> all();

  /** The one, if it is connected. */
  Optional<WiredStage> find(ApiId api, String stage);

  /** Connects a stage, or connects it otherwise. */
  void connect(WiredStage stage);

  /** Disconnects a stage and forgets what was found; nothing where it is not connected. */
  void disconnect(WiredStage stage);

  /** What the last look found; none before the first. */
  Optional<WiringCheck> check(ApiId api, String stage);

  /** Keeps what a look found, in the place of what the one before did. */
  void keep(ApiId api, String stage, WiringCheck check);

  /**
   * Takes the turn to look at a stage, which one process alone gets.
   *
   * @param until from when others may take it
   * @return false where another has it
   */
  boolean takeTurn(ApiId api, String stage, Instant now, Instant until);
}
