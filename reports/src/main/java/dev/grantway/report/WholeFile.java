package dev.grantway.report;

import dev.grantway.revision.Sha256;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

/**
 * A file that is there whole, with its manifest, or not at all: until it is finished it lies beside
 * its place under a name that begins with a dot and ends in {@code .part}, and closing it
 * unfinished deletes that. What stood in its place before stays until then.
 */
public final class WholeFile implements Closeable {
  private static final String PART = ".part";
  private static final int BUFFER = 1 << 16;

  private final Path target;
  private final Path part;
  private final FileChannel channel;
  private final Digesting digesting;
  private final OutputStream out;
  private boolean closed;

  /** There is more to write than a file may have bytes. */
  public static final class TooLong extends IOException {
    private static final long serialVersionUID = 1L;

    private TooLong(long most) {
      super("the file would have more than the " + most + " bytes that are left for it");
    }
  }

  /** What was written, once it was. */
  public record Written(long bytes, String sha256) {}

  /** What says of a file what it is, before that comes into its place. */
  @FunctionalInterface
  public interface Describing {
    Manifest of(String file, Written written) throws IOException;
  }

  /** Leaves the channel open: it is forced to the disk before it is closed. */
  private static final class Digesting extends FilterOutputStream {
    private final MessageDigest digest = Sha256.digest();
    private final long most;
    private long bytes;

    Digesting(OutputStream out, long most) {
      super(out);
      this.most = most;
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] some, int from, int length) throws IOException {
      if (length > most - bytes) {
        throw new TooLong(most);
      }
      out.write(some, from, length);
      digest.update(some, from, length);
      bytes += length;
    }

    @Override
    public void close() {}
  }

  /**
   * Begins a file.
   *
   * @param target its place; a folder that is missing is an {@link IOException}
   */
  public WholeFile(Path target) throws IOException {
    this(target, Long.MAX_VALUE);
  }

  /**
   * Begins a file of limited length.
   *
   * @param most how many bytes it may have; writing more is a {@link TooLong}
   */
  public WholeFile(Path target, long most) throws IOException {
    this.target = target.toAbsolutePath();
    this.part = sibling(this.target, "." + name() + "." + UUID.randomUUID() + PART);
    this.channel = FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    this.digesting = new Digesting(Channels.newOutputStream(channel), most);
    this.out = new BufferedOutputStream(digesting, BUFFER);
  }

  private String name() {
    return Objects.requireNonNull(target.getFileName()).toString();
  }

  private static Path sibling(Path of, String name) {
    return of.resolveSibling(name);
  }

  /** Where a file's manifest lies. */
  public static Path manifestOf(Path file) {
    return sibling(file, file.getFileName() + ".manifest.json");
  }

  public OutputStream out() {
    return out;
  }

  /**
   * Puts the file in its place, and its manifest beside it; both are on the disk then. Where the
   * manifest cannot be put there, the file is not left alone. Ends this process in between, there
   * is a file without a manifest, never one with the manifest of another.
   */
  public Manifest finish(Describing describing) throws IOException {
    out.flush();
    channel.force(true);
    channel.close();
    Manifest manifest =
        describing.of(
            name(),
            new Written(digesting.bytes, HexFormat.of().formatHex(digesting.digest.digest())));
    Path beside = manifestOf(target);
    Path manifestPart = sibling(target, "." + name() + "." + UUID.randomUUID() + PART);
    try {
      force(manifestPart, manifest.write());
      Files.deleteIfExists(beside);
      move(part, target);
      closed = true;
      try {
        move(manifestPart, beside);
      } catch (IOException alone) {
        Files.deleteIfExists(target);
        throw alone;
      }
    } finally {
      Files.deleteIfExists(manifestPart);
    }
    return manifest;
  }

  private static void force(Path file, byte[] bytes) throws IOException {
    try (var out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      out.force(true);
    }
  }

  private static void move(Path from, Path to) throws IOException {
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      channel.close();
      Files.deleteIfExists(part);
    }
  }
}
