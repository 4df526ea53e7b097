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

  /**
   * What a look found, as it is kept.
   *
   * @param mark by which the store knows it from what is kept later, however it reads; empty where
   *     it needs none
   */
  record Kept(WiringCheck check, String mark) {}

  /** What the last look found; none before the first. */
  Optional<Kept> kept(ApiId api, String stage);

  /** The same, for whoever replaces nothing. */
  default Optional<WiringCheck> check(ApiId api, String stage) {
    return kept(api, stage).map(Kept::check);
  }

  /**
   * Keeps what the first look found.
   *
   * @return false where something is kept by now
   */
  boolean keepFirst(ApiId api, String stage, WiringCheck check);

  /**
   * Keeps what a look found, or took for right, in the place of what was kept before.
   *
   * @return false where what is kept is no longer that, or nothing is
   */
  boolean keepAfter(ApiId api, String stage, Kept before, WiringCheck check);

  /**
   * Takes the turn to look at a stage, which one process alone gets.
   *
   * @param until from when others may take it
   * @return false where another has it
   */
  boolean takeTurn(ApiId api, String stage, Instant now, Instant until);
}
