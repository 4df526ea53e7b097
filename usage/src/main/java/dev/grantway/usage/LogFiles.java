package dev.grantway.usage;

import dev.grantway.store.UsageDay;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * Files of logs: which those of a folder are, and what stands in them. What begins as gzip does
 * (RFC 1952, {@code 1F 8B}) is unpacked while it is read, whatever it is called.
 */
public final class LogFiles {
  /** Which files of a folder are logs, to people. */
  public static final String WHICH = "*.jsonl, *.json, *.log, *.txt, and these with .gz behind";

  /** How many bytes a packed log may unpack to: 4 GiB. */
  public static final long MOST_UNPACKED = 4L << 30;

  private static final List<String> ENDINGS = List.of(".jsonl", ".json", ".log", ".txt");
  private static final String PACKED = ".gz";
  private static final int MAGIC_1 = 0x1F;
  private static final int MAGIC_2 = 0x8B;

  private LogFiles() {}

  /** A packed log that is not read; what was read of it before is no whole log. */
  public static final class Unfit extends IOException {
    private static final long serialVersionUID = 1L;

    private Unfit(String message) {
      super(message);
    }
  }

  /** The logs that lie in a folder, by their names; folders in it are not looked into. */
  public static List<Path> in(Path folder, LinkOption... links) throws IOException {
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(LogFiles::isNamed)
          .filter(it -> Files.isRegularFile(it, links))
          .sorted()
          .toList();
    }
  }

  private static boolean isNamed(Path file) {
    String plain = unpacked(String.valueOf(file.getFileName()));
    return ENDINGS.stream().anyMatch(plain::endsWith);
  }

  private static String unpacked(String name) {
    return name.endsWith(PACKED) ? name.substring(0, name.length() - PACKED.length()) : name;
  }

  /**
   * The source of the days that a file tells of. One that is packed where it lies, from {@code
   * a.jsonl} to {@code a.jsonl.gz}, stays the same source, so that its calls count once.
   *
   * @param name the file's, without folders
   */
  public static String source(String name) {
    return UsageDay.source(unpacked(name));
  }

  /** Whether a file is packed. */
  public static boolean isPacked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.read() == MAGIC_1 && in.read() == MAGIC_2;
    }
  }

  /**
   * What stands in a log. Where it is packed and unpacks to more than {@link #MOST_UNPACKED}, is
   * cut off or damaged, reading it is an {@link Unfit}.
   *
   * @param name to people
   */
  public static InputStream plain(String name, InputStream log) throws IOException {
    return plain(name, log, MOST_UNPACKED);
  }

  static InputStream plain(String name, InputStream log, long most) throws IOException {
    var in = new BufferedInputStream(log);
    in.mark(2);
    boolean isPacked = in.read() == MAGIC_1 && in.read() == MAGIC_2;
    in.reset();
    if (!isPacked) {
      return in;
    }
    try {
      return new Bounded(name, new GZIPInputStream(in), most);
    } catch (ZipException | EOFException damaged) {
      throw damaged(name, damaged);
    }
  }

  private static Unfit damaged(String name, IOException why) {
    return new Unfit(
        "log `" + name + "` is no whole gzip file, and is not read: " + why.getMessage());
  }

  private static final class Bounded extends FilterInputStream {
    private final String name;
    private final long most;
    private long bytes;

    Bounded(String name, InputStream unpacking, long most) {
      super(unpacking);
      this.name = name;
      this.most = most;
    }

    @Override
    public int read() throws IOException {
      var one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read;
      try {
        read = in.read(into, from, length);
      } catch (ZipException | EOFException damaged) {
        throw damaged(name, damaged);
      }
      bytes += Math.max(0, read);
      if (bytes > most) {
        throw new Unfit(
            "log `"
                + name
                + "` unpacks to more than "
                + most
                + " bytes, and is not read: unpack it and split it");
      }
      return read;
    }
  }
}
