package dev.grantway.admin.changes;

import java.time.Instant;
import java.util.List;

/**
 * Where a revision is on its way to the callers.
 *
 * @param revision 0 before the first, or while none has been read
 * @param publishedAt when head moved
 * @param by when every answer will follow it, at the latest
 * @param since when that began; meaningful once in force
 * @param connections the stages of WebSocket APIs concerned, {@code api/stage}: connections that
 *     are open there keep what they were let until they close
 */
public record InForce(
    long revision,
    Instant publishedAt,
    Instant by,
    Phase phase,
    Instant since,
    List<String> connections) {
  /** Nothing has been read from the table yet. */
  public static final InForce UNKNOWN =
      new InForce(0, Instant.EPOCH, Instant.EPOCH, Phase.UNKNOWN, Instant.EPOCH, List.of());

  /** How far it has come. */
  public enum Phase {
    UNKNOWN,
    /** Authorizers or gateway caches may still answer by the revision before. */
    SPREADING,
    /** The same, and an authorizer says that it cannot read: what it holds must become stale. */
    LAGGING,
    /** The same, and a gateway cache could not be flushed: its answers must expire first. */
    EXPIRING,
    /** Every answer follows it. */
    IN_FORCE
  }

  public InForce {
    connections = List.copyOf(connections);
  }

  public boolean isSettled() {
    return phase == Phase.IN_FORCE || phase == Phase.UNKNOWN;
  }
}
