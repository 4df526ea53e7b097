package dev.grantway.sandbox.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Main class of the process that calls, which has a JVM of its own: arguments are port,
 * connections, seconds of warm-up, seconds measured, a file of calls and the file for what came of
 * it. A line on its standard input names a file of calls to send from then on; it ends with its
 * standard input, and therefore with whoever started it.
 */
public final class LoadProcess {
  private LoadProcess() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    var generator =
        new LoadGenerator(
            Integer.parseInt(args[0]), Integer.parseInt(args[1]), Call.read(Path.of(args[4])));
    Thread.ofPlatform().daemon().name("told").start(() -> listen(generator));
    generator
        .run(
            Duration.ofSeconds(Integer.parseInt(args[2])),
            Duration.ofSeconds(Integer.parseInt(args[3])))
        .write(Path.of(args[5]));
    Runtime.getRuntime().halt(0);
  }

  private static void listen(LoadGenerator generator) {
    try (var told = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      for (String file = told.readLine(); file != null; file = told.readLine()) {
        generator.instead(Call.read(Path.of(file)));
      }
    } catch (IOException unreadable) {
      System.err.println("the load generator cannot read its next calls: " + unreadable);
    }
    Runtime.getRuntime().halt(3);
  }
}
