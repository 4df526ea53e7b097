package dev.grantway.authorizer.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogLineTest {
  @Test
  void instantsAreWrittenAsJavaWritesThem() {
    var odd =
        Stream.of(
                "1970-01-01T00:00:00Z",
                "2026-01-01T00:00:00.100Z",
                "2026-01-01T00:01:00.000000001Z",
                "2026-02-28T23:59:59.999999999Z",
                "2026-12-31T12:00:30Z",
                "9999-12-31T23:59:59.123456Z")
            .map(Instant::parse);
    var random = new Random(1);
    var drawn =
        IntStream.range(0, 1000)
            .mapToObj(
                i ->
                    Instant.ofEpochSecond(
                        random.nextLong(0, 253_402_300_799L),
                        i % 2 == 0 ? 0 : 1_000_000L * random.nextInt(1000)));
    Stream.concat(odd, drawn)
        .forEach(
            at ->
                assertThat(new LogLine("x", at).toJson())
                    .isEqualTo("{\"at\":\"" + at + "\",\"event\":\"x\"}"));
  }
}
