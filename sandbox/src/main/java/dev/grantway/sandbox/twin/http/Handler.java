package dev.grantway.sandbox.twin.http;

/** Answers requests, each on a virtual thread of its connection. */
@FunctionalInterface
public interface Handler {
  Response handle(Request request) throws InterruptedException;
}
