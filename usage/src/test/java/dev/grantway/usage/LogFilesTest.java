package dev.grantway.usage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.store.UsageDay;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogFilesTest {
  @TempDir private Path folder;

  private static byte[] packed(String text) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(out)) {
      zip.write(text.getBytes(UTF_8));
    }
    return out.toByteArray();
  }

  private static String read(byte[] bytes, long most) throws IOException {
    try (InputStream in = LogFiles.plain("x.log.gz", new ByteArrayInputStream(bytes), most)) {
      return new String(in.readAllBytes(), UTF_8);
    }
  }

  @Test
  void whatIsPackedIsUnpackedWhateverItIsCalled() throws IOException {
    for (String text : List.of("", "a", "{}\n".repeat(50_000))) {
      assertThat(read(text.getBytes(UTF_8), 1 << 20)).isEqualTo(text);
      assertThat(read(packed(text), 1 << 20)).isEqualTo(text);
    }
    var two = new ByteArrayOutputStream();
    two.write(packed("one\n"));
    two.write(packed("two\n"));
    assertThat(read(two.toByteArray(), 100)).as("of several members").isEqualTo("one\ntwo\n");
    byte[] magicAlone = {0x1F};
    assertThat(read(magicAlone, 100)).hasSize(1);
    Path file = Files.write(folder.resolve("x.txt"), packed("x"));
    assertThat(LogFiles.isPacked(file)).isTrue();
    assertThat(LogFiles.isPacked(Files.writeString(file, "x"))).isFalse();
    assertThat(LogFiles.isPacked(Files.writeString(file, ""))).isFalse();
  }

  @Test
  void aBombIsRefusedByName() throws IOException {
    byte[] bomb = packed("0".repeat(5_000_000));
    assertThat(bomb).hasSizeLessThan(10_000);
    assertThat(read(bomb, 5_000_000)).hasSize(5_000_000);
    assertThatThrownBy(() -> read(bomb, 4_999_999))
        .isInstanceOf(LogFiles.Unfit.class)
        .hasMessage(
            "log `x.log.gz` unpacks to more than 4999999 bytes, and is not read: unpack it and"
                + " split it");
    var log = new LogReading(plain -> "");
    assertThatThrownBy(
            () -> log.read(LogFiles.plain("x.log.gz", new ByteArrayInputStream(bomb), 1_000_000)))
        .isInstanceOf(LogFiles.Unfit.class);
    assertThat(log.bytes()).isLessThan(1_100_000);
  }

  @Test
  void whatIsCutOffOrDamagedIsRefusedByName() throws IOException {
    byte[] whole = packed("{\"a\":1}\n".repeat(1_000));
    for (int length = 2; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> read(cut, 1 << 20))
          .as("%d of %d bytes", length, whole.length)
          .isInstanceOf(LogFiles.Unfit.class)
          .hasMessageStartingWith("log `x.log.gz` is no whole gzip file");
    }
    whole[whole.length - 6] ^= 1;
    assertThatThrownBy(() -> read(whole, 1 << 20)).isInstanceOf(LogFiles.Unfit.class);
  }

  @Test
  void logsOfAFolderAreKnownByTheirNames() throws IOException {
    List<String> logs =
        List.of(
            "a.json",
            "b.jsonl",
            "c.log",
            "d.txt",
            "e.jsonl.gz",
            "f.json.gz",
            "g.log.gz",
            "h.txt.gz");
    for (String name : logs) {
      Files.writeString(folder.resolve(name), "");
    }
    for (String other : List.of("x", "x.gz", "x.csv", "x.log.bz2", "xlog", ".part")) {
      Files.writeString(folder.resolve(other), "");
    }
    Files.createDirectory(folder.resolve("folder.log"));
    Files.createSymbolicLink(folder.resolve("link.log"), folder.resolve("x"));
    assertThat(LogFiles.in(folder, LinkOption.NOFOLLOW_LINKS))
        .extracting(it -> it.getFileName().toString())
        .containsExactlyElementsOf(logs);
    assertThat(LogFiles.in(folder)).hasSize(logs.size() + 1);
  }

  @Test
  void aPackedFileIsTheSourceThatThePlainOneWas() {
    assertThat(LogFiles.source("a.jsonl")).isEqualTo("a.jsonl");
    assertThat(LogFiles.source("a.jsonl.gz")).isEqualTo("a.jsonl");
    assertThat(LogFiles.source("a#1.log.gz")).isEqualTo("a_1.log");
    String longest = "x".repeat(UsageDay.MAX_SOURCE) + ".log";
    assertThat(LogFiles.source(longest + ".gz"))
        .isEqualTo(LogFiles.source(longest))
        .hasSize(UsageDay.MAX_SOURCE)
        .endsWith("x.log");
  }

  @Test
  void whatThePlatformWritesIsNoOtherFormat() throws IOException {
    String start = "INIT_START Runtime Version: java:25\nSTART RequestId: 1 Version: 2\n";
    assertThat(foreignObjects(start)).isFalse();
    assertThat(foreignObjects(start + "{\"requestId\":\"x\"}\n")).isTrue();
    assertThat(foreignObjects("{\"event\":\"primed\"}\n")).isFalse();
    String json = "{\"time\":\"2026-11-20T10:00:00Z\",\"type\":\"platform.start\",\"record\":{}}\n";
    assertThat(foreignObjects(json)).isFalse();
    assertThat(foreign(json)).isFalse();
  }

  @Test
  void aLogOfAnotherFormatIsKnown() throws IOException {
    assertThat(foreign("")).as("nothing at all").isFalse();
    assertThat(foreign("127.0.0.1 - - GET / 200\n")).isTrue();
    assertThat(foreign("{\"requestId\":\"x\",\"status\":200}\nno json\n")).isTrue();
    assertThat(foreign("{\"event\":\"primed\"}\nno json\n")).isFalse();
    assertThat(foreign("{\"requestId\":\"x\"}\n{\"event\":\"primed\"}\n")).isFalse();
  }

  private static boolean foreign(String text) throws IOException {
    return reading(text).isForeign();
  }

  private static boolean foreignObjects(String text) throws IOException {
    return reading(text).isForeignObjects();
  }

  private static LogReading reading(String text) throws IOException {
    var log = new LogReading(plain -> "");
    log.read(new ByteArrayInputStream(text.getBytes(UTF_8)));
    log.end();
    return log;
  }
}
