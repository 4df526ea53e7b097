package dev.grantway.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs one command of the clone to its end. */
final class Commands {
  private Commands() {}

  static Finished run(Duration limit, Map<String, String> environment, List<String> command) {
    try {
      Path out = Files.createTempFile("grantway", ".out");
      Path err = Files.createTempFile("grantway", ".err");
      var builder =
          new ProcessBuilder(command)
              .directory(Repository.root().toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().putAll(environment);
      Process process = builder.start();
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        throw new AssertionError("`" + String.join(" ", command) + "` ran longer than " + limit);
      }
      var finished =
          new Finished(process.exitValue(), Files.readString(out), Files.readString(err));
      Files.delete(out);
      Files.delete(err);
      return finished;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
