package dev.grantway.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where the sandbox keeps its table, its issuer's key and its logs. One sandbox at a time uses it;
 * the lock ends with the process, however that ends.
 */
final class DataFolder implements AutoCloseable {
  private static final String MARK = "grantway-sandbox";
  private static final String LOCK = "lock";
  private static final String RUNNING = "running";

  private final Path root;
  private final FileChannel channel;
  private final FileLock lock;

  private DataFolder(Path root, FileChannel channel, FileLock lock) {
    this.root = root;
    this.channel = channel;
    this.lock = lock;
  }

  /** Opens or makes the folder; one that holds something else is refused. */
  static DataFolder open(Path root, boolean fresh) {
    try {
      return openOrThrow(root, fresh);
    } catch (IOException e) {
      throw new SandboxException(
          3, "the data folder `" + root + "` cannot be used: " + Reasons.of(e));
    }
  }

  private static DataFolder openOrThrow(Path root, boolean fresh) throws IOException {
    boolean ours = Files.exists(root.resolve(MARK));
    if (!ours && Files.exists(root) && !isEmpty(root)) {
      throw new SandboxException(
          2, "`" + root + "` holds something else than a sandbox: name another folder");
    }
    Files.createDirectories(root);
    Files.writeString(root.resolve(MARK), "the sandbox's table, key and logs\n");
    FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    FileLock lock = channel.tryLock();
    if (lock == null) {
      channel.close();
      throw new SandboxException(
          3, "another sandbox uses `" + root + "`: stop it, or name another folder with --data");
    }
    if (fresh) {
      clear(root);
    }
    Files.createDirectories(root.resolve("table"));
    Files.createDirectories(accessLogs(root));
    Files.writeString(root.resolve(RUNNING), "gone once the sandbox has stopped in order\n");
    return new DataFolder(root, channel, lock);
  }

  /**
   * Whether the sandbox that last used the folder was killed, so that parts of it may still end.
   */
  static boolean wasKilled(Path root) {
    if (!Files.exists(root.resolve(RUNNING))) {
      return false;
    }
    try (FileChannel channel =
        FileChannel.open(root.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean isEmpty(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return false;
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static void clear(Path root) throws IOException {
    List<Path> doomed;
    try (Stream<Path> all = Files.walk(root)) {
      doomed = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : doomed) {
      boolean stays =
          path.equals(root) || path.equals(root.resolve(LOCK)) || path.equals(root.resolve(MARK));
      if (!stays) {
        Files.delete(path);
      }
    }
  }

  Path table() {
    return root.resolve("table");
  }

  Path issuerKey() {
    return root.resolve("issuer-key.json");
  }

  Path log(String part) {
    return logs(root).resolve(part + ".log");
  }

  /** A folder of its own: the admin app reads every log in it, and its own is none of calls. */
  static Path accessLogs(Path root) {
    return logs(root).resolve("access");
  }

  private static Path logs(Path root) {
    return root.resolve("logs");
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(root.resolve(RUNNING));
      lock.release();
      channel.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
