package dev.grantway.admin.usage;

import dev.grantway.admin.common.Rounds;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.UsageDay;
import dev.grantway.usage.LogFiles;
import dev.grantway.usage.LogReading;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the logs of a folder as they grow, those that are packed whole and again where they change,
 * and keeps by day what they tell. A file is the source of its days: several apps that read the
 * same folder keep the same, and a file that is read again from its start, or packed where it lies,
 * is counted once. What a file told stays when it is gone.
 */
final class LogFolder implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(5);
  private static final Logger LOG = LoggerFactory.getLogger(LogFolder.class);

  private final Optional<Path> folder;
  private final PolicyRepository repository;
  private final UnaryOperator<String> pseudonym;
  private final Map<Path, Opened> files = new HashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("logs").factory());

  /** What was read of a file, and what was kept of it. */
  private static final class Opened {
    private LogReading reading;
    private long told;

    /** How long a packed file was when it was read; none was: -1. */
    private long packed = -1;

    private final Set<UsageDay> kept = new HashSet<>();

    Opened(LogReading reading) {
      this.reading = reading;
    }

    /** How many lines change what is kept. */
    long lines() {
      return reading.calls() + reading.unreadable();
    }
  }

  /**
   * @param folder none: nothing is read
   */
  LogFolder(Optional<Path> folder, PolicyRepository repository, UnaryOperator<String> pseudonym) {
    this.folder = folder;
    this.repository = repository;
    this.pseudonym = pseudonym;
  }

  void start() {
    folder.ifPresent(it -> Rounds.of(() -> once(it), thread, Duration.ZERO, EVERY));
  }

  /** Reads what is new. A table that does not answer is told of it the next time. */
  synchronized void once(Path from) {
    try {
      List<Path> logs = firstOfEachSource(LogFiles.in(from, LinkOption.NOFOLLOW_LINKS));
      files.keySet().retainAll(Set.copyOf(logs));
      logs.forEach(this::read);
    } catch (IOException | RuntimeException e) {
      LOG.warn("logs of {} are left for later: {}", from, e.getMessage());
    }
  }

  /** Beside a plain file its packed copy is not read. */
  private static List<Path> firstOfEachSource(List<Path> files) {
    var first = new LinkedHashMap<String, Path>();
    files.forEach(file -> first.putIfAbsent(source(file), file));
    return List.copyOf(first.values());
  }

  private void read(Path file) {
    Opened it = files.computeIfAbsent(file, path -> new Opened(new LogReading(pseudonym)));
    try (SeekableByteChannel channel = Files.newByteChannel(file, StandardOpenOption.READ)) {
      if (LogFiles.isPacked(file)) {
        unpack(file, it, channel);
      } else {
        grown(it, channel);
      }
      if (it.lines() > it.told) {
        keep(file, it);
      }
    } catch (IOException | RuntimeException e) {
      LOG.warn("log {} is left for later: {}", file.getFileName(), e.getMessage());
    }
  }

  private void grown(Opened it, SeekableByteChannel channel) throws IOException {
    if (channel.size() < it.reading.bytes() || it.packed >= 0) {
      anew(it);
    }
    if (channel.size() > it.reading.bytes()) {
      channel.position(it.reading.bytes());
      InputStream more = Channels.newInputStream(channel);
      it.reading.read(more);
    }
  }

  /** One that is damaged, or still being written, is read again where it has another length. */
  private void unpack(Path file, Opened it, SeekableByteChannel channel) throws IOException {
    if (channel.size() == it.packed) {
      return;
    }
    anew(it);
    it.packed = channel.size();
    var whole = new LogReading(pseudonym);
    whole.read(
        LogFiles.plain(String.valueOf(file.getFileName()), Channels.newInputStream(channel)));
    whole.end();
    it.reading = whole;
  }

  private void anew(Opened it) {
    it.reading = new LogReading(pseudonym);
    it.told = 0;
    it.packed = -1;
  }

  private void keep(Path file, Opened it) {
    long lines = it.lines();
    List<UsageDay> days = it.reading.days(source(file));
    for (UsageDay day : days) {
      if (!it.kept.contains(day)) {
        repository.usage().put(day);
      }
    }
    it.kept.clear();
    it.kept.addAll(days);
    it.told = lines;
  }

  private static String source(Path file) {
    return LogFiles.source(file.getFileName().toString());
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
