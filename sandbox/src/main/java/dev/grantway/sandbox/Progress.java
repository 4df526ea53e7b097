package dev.grantway.sandbox;

import java.util.function.Consumer;

/** What happens while the system starts, a line each. */
record Progress(Consumer<String> lines) {
  static Progress toStandardError() {
    return new Progress(line -> System.err.println("grantway: " + line));
  }

  void say(String line) {
    lines.accept(line);
  }
}
