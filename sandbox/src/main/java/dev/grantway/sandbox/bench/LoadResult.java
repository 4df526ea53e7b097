package dev.grantway.sandbox.bench;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * What came of a run under load.
 *
 * @param calls all that were answered, those of the warm-up among them
 * @param wrong what was wrong, a line each: anything here makes the rest worthless
 * @param began when what is measured began, in milliseconds of the machine's clock
 * @param seconds that were measured
 * @param nanos how long each call took that began within them
 * @param caches how many of those were answered with which {@code x-twin-cache}
 */
public record LoadResult(
    long calls,
    List<String> wrong,
    long began,
    double seconds,
    long[] nanos,
    Map<String, Long> caches) {

  public LoadResult {
    wrong = List.copyOf(wrong);
    nanos = nanos.clone();
    caches = Map.copyOf(caches);
  }

  @Override
  public long[] nanos() {
    return nanos.clone();
  }

  /** Calls a second. */
  public double throughput() {
    return nanos.length / seconds;
  }

  /** How many of those instants were while it was measured; of one run, not of several as one. */
  public int during(Collection<Instant> instants) {
    Instant from = Instant.ofEpochMilli(began);
    Instant to = from.plusMillis(Math.round(seconds * 1e3));
    return (int) instants.stream().filter(it -> !it.isBefore(from) && it.isBefore(to)).count();
  }

  /** Which part of the measured calls was answered so, in percent. */
  public double share(String cache) {
    return nanos.length == 0 ? 0 : 100.0 * caches.getOrDefault(cache, 0L) / nanos.length;
  }

  /** This and another run of the same, as one. */
  public LoadResult plus(LoadResult other) {
    var both = new TreeMap<>(caches);
    other.caches.forEach((cache, count) -> both.merge(cache, count, Long::sum));
    return new LoadResult(
        calls + other.calls,
        Stream.concat(wrong.stream(), other.wrong.stream()).toList(),
        began,
        seconds + other.seconds,
        LongStream.concat(LongStream.of(nanos), LongStream.of(other.nanos)).toArray(),
        both);
  }

  void write(Path file) throws IOException {
    try (var out =
        new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file), 1 << 16))) {
      out.writeLong(calls);
      out.writeInt(wrong.size());
      for (String line : wrong) {
        out.writeUTF(line);
      }
      out.writeLong(began);
      out.writeDouble(seconds);
      out.writeInt(caches.size());
      for (Map.Entry<String, Long> each : new TreeMap<>(caches).entrySet()) {
        out.writeUTF(each.getKey());
        out.writeLong(each.getValue());
      }
      out.writeInt(nanos.length);
      for (long each : nanos) {
        out.writeLong(each);
      }
    }
  }

  /** Reads what a process under {@link LoadProcess} has left. */
  public static LoadResult read(Path file) throws IOException {
    try (var in =
        new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
      long calls = in.readLong();
      var wrong = new ArrayList<String>();
      for (int left = in.readInt(); left > 0; left--) {
        wrong.add(in.readUTF());
      }
      long began = in.readLong();
      double seconds = in.readDouble();
      var caches = new TreeMap<String, Long>();
      for (int left = in.readInt(); left > 0; left--) {
        caches.put(in.readUTF(), in.readLong());
      }
      long[] nanos = new long[in.readInt()];
      for (int i = 0; i < nanos.length; i++) {
        nanos[i] = in.readLong();
      }
      return new LoadResult(calls, wrong, began, seconds, nanos, caches);
    }
  }
}
