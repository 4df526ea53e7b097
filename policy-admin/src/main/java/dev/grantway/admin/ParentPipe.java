package dev.grantway.admin;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * Ends this process when the process that started it is gone. The sandbox asks for it with {@code
 * GRANTWAY_PARENT_PIPE=1} and holds the other end of standard input; the kernel closes that end
 * however the parent dies, {@code kill -9} included.
 */
final class ParentPipe {
  private static final String WANTED = "GRANTWAY_PARENT_PIPE";

  private ParentPipe() {}

  /** Call first in {@code main}: what starts after it cannot outlive the parent either. */
  static void watch(Map<String, String> environment, InputStream input) {
    if ("1".equals(environment.get(WANTED))) {
      Thread.ofPlatform()
          .daemon()
          .name("parent pipe")
          .start(
              () -> {
                awaitEnd(input);
                // No shutdown hooks: the parent is dead, and what is published is in the table.
                Runtime.getRuntime().halt(0);
              });
    }
  }

  private static void awaitEnd(InputStream input) {
    try {
      while (input.read() >= 0) {
        // What the parent writes means nothing; the end of the stream does.
      }
    } catch (IOException broken) {
      // A broken pipe is an end, too.
    }
  }
}
