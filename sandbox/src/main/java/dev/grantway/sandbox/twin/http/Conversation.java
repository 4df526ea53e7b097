package dev.grantway.sandbox.twin.http;

/** What is said on one open WebSocket; asked on the connection's own thread, one at a time. */
@FunctionalInterface
public interface Conversation {

  /** The text that answers one whole text message. */
  String reply(String message) throws InterruptedException;
}
