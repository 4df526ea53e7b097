package dev.grantway.sandbox.table;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * The system's clock, as far ahead as a file says at each look: time passes for every process that
 * reads it without anybody waiting, also for one that is stopped.
 */
final class AheadClock extends Clock {
  private final Path file;

  AheadClock(Path file) {
    this.file = file;
  }

  /** Makes time pass, for whoever reads the file. */
  void pass(Duration time) {
    write(ahead().plus(time));
  }

  /** Begins with the system's time. */
  AheadClock begun() {
    write(Duration.ZERO);
    return this;
  }

  Path file() {
    return file;
  }

  private void write(Duration ahead) {
    try {
      Path next = file.resolveSibling(file.getFileName() + ".next");
      Files.writeString(next, ahead.toString());
      // Nobody reads half of it.
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Duration ahead() {
    try {
      return Duration.parse(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public Instant instant() {
    return Clock.systemUTC().instant().plus(ahead());
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException("instants have no zone here");
  }
}
