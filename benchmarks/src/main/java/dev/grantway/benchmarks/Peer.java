package dev.grantway.benchmarks;

/** Somebody else's way of deciding a call by the same policy, for a caller with the five roles. */
interface Peer {

  /** Whether the call is allowed. */
  boolean allows(PeerWorld.Asked asked);
}
