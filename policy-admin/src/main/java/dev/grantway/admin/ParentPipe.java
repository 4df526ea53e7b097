package dev.grantway.admin;

import java.io.IOException;

/** Ends this process when whoever started it is gone: their end of the pipe closes. */
final class ParentPipe {
  private ParentPipe() {}

  static void watch() {
    Thread.ofPlatform().daemon().name("parent-pipe").start(ParentPipe::untilItCloses);
  }

  private static void untilItCloses() {
    try {
      while (System.in.read() >= 0) {
        // Nothing is ever said; only the end matters.
      }
    } catch (IOException closed) {
      // The same as its end.
    }
    Runtime.getRuntime().halt(0);
  }
}
