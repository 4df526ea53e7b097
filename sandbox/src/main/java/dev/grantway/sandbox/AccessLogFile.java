package dev.grantway.sandbox;

import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The gateway's access log: {@code access-YYYY-MM-DD.jsonl}, one file for each day (UTC). */
final class AccessLogFile implements Consumer<String>, AutoCloseable {
  private final Path folder;
  private final Clock clock;
  private @Nullable Writer open;
  private @Nullable LocalDate day;
  private boolean failed;

  AccessLogFile(Path folder, Clock clock) {
    this.folder = folder;
    this.clock = clock;
  }

  /** A line that cannot be written stops no call; that one cannot is said once. */
  @Override
  public synchronized void accept(String line) {
    try {
      Writer writer = today();
      writer.write(line + "\n");
      writer.flush();
    } catch (IOException e) {
      if (!failed) {
        failed = true;
        System.err.println("grantway: the access log is not written: " + e.getMessage());
      }
    }
  }

  private Writer today() throws IOException {
    LocalDate now = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    Writer writer = open;
    if (writer == null || !now.equals(day)) {
      close();
      writer =
          Files.newBufferedWriter(
              folder.resolve("access-" + now + ".jsonl"),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
      open = writer;
      day = now;
    }
    return writer;
  }

  @Override
  public synchronized void close() throws IOException {
    if (open != null) {
      open.close();
      open = null;
    }
  }
}
