package dev.grantway.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How fast logs are read: {@code ./grantway bench usage}. A million lines of access logs, of 500
 * routes, 60 sets of roles and 20,000 callers over 30 days, beside reading their bytes alone.
 */
@Tag("bench")
class LogBench {
  private static final int LINES = 1_000_000;
  private static final int RUNS = 5;

  @Test
  void linesASecond() throws IOException {
    byte[] log = log();
    for (int run = 0; run < RUNS; run++) {
      long begun = System.nanoTime();
      var reading = new LogReading(name -> "0123456789abcdef");
      reading.read(new ByteArrayInputStream(log));
      int days = reading.days("bench").size();
      double seconds = (System.nanoTime() - begun) / 1e9;
      long bare = bare(log);
      assertThat(reading.calls()).isEqualTo(LINES);
      assertThat(reading.unreadable()).isZero();
      assertThat(days).isEqualTo(30);
      System.out.printf(
          Locale.ROOT,
          "%,d lines of %,d bytes in %.2f s: %,.0f lines a second (target 100,000); counting line"
              + " feeds alone %.2f s%n",
          LINES,
          log.length,
          seconds,
          LINES / seconds,
          bare / 1e9);
    }
  }

  private static long bare(byte[] log) {
    long begun = System.nanoTime();
    int feeds = 0;
    for (byte it : log) {
      feeds += it == '\n' ? 1 : 0;
    }
    assertThat(feeds).isEqualTo(LINES);
    return System.nanoTime() - begun;
  }

  private static byte[] log() {
    var random = new Random(7);
    var out = new ByteArrayOutputStream(LINES * 320);
    for (int i = 0; i < LINES; i++) {
      int route = random.nextInt(500);
      int set = random.nextInt(60);
      out.writeBytes(
          ("{\"event\":\"access\",\"at\":\""
                  + (1_763_596_800_000L + i * 2_592L)
                  + "\",\"id\":\"c2f1b6b0-8f0e-4b2f-9d57-4b8cf0a7f8e1\",\"api\":\"a1b2c3d4e5\","
                  + "\"stage\":\"prod\",\"method\":\"GET\",\"path\":\"/c"
                  + route
                  + "/{id}\",\"route\":\"-\",\"status\":\"200\",\"response\":\""
                  + (i % 50 == 0 ? "ACCESS_DENIED" : "-")
                  + "\",\"who\":\"%016x".formatted(random.nextInt(20_000))
                  + "\",\"roles\":\"role-"
                  + set
                  + ",role-"
                  + (set + 1)
                  + "\",\"document\":\"d-1234567890\"}\n")
              .getBytes(UTF_8));
    }
    return out.toByteArray();
  }
}
