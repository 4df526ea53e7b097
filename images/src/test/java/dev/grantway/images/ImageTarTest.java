package dev.grantway.images;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The form that `docker load` reads, of a folder that stands for an app and its runtime. */
@EnabledOnOs(OS.LINUX)
class ImageTarTest {
  private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

  @TempDir Path work;
  private Path app = Path.of("");
  private Path runtime = Path.of("");
  private Path libc = Path.of("");

  private record Entry(TarArchiveEntry head, byte[] bytes) {}

  @BeforeEach
  void folders() throws IOException {
    app = make(work.resolve("app"), "lib/a.jar", "a");
    make(app, "classpath", "-cp lib/a.jar");
    runtime = make(work.resolve("java"), "bin/java", "java");
    make(runtime, "legal/java.base/LICENSE", "licence");
    Files.createDirectories(runtime.resolve("legal/java.sql"));
    Files.createSymbolicLink(
        runtime.resolve("legal/java.sql/LICENSE"), Path.of("../java.base/LICENSE"));
    Files.setPosixFilePermissions(
        runtime.resolve("bin/java"), PosixFilePermissions.fromString("rwxr-x---"));
    libc = make(work.resolve("host"), "lib/libc.so.6", "libc").resolve("lib/libc.so.6");
  }

  private static Path make(Path folder, String file, String text) throws IOException {
    Path path = folder.resolve(file);
    Files.createDirectories(path.getParent());
    Files.writeString(path, text);
    return folder;
  }

  private byte[] written(String name) throws Exception {
    Recipe recipe =
        Recipe.read(
            List.of(
                "WORKDIR /app",
                "COPY lib/ lib/",
                "COPY classpath ./",
                "ENV A=b",
                "USER 7:8",
                "EXPOSE 8080",
                "ENTRYPOINT [\"java\", \"@classpath\", \"Main\"]"));
    Path tar = work.resolve(name + ".tar");
    new ImageTar(recipe)
        .write(app, runtime, Set.of(libc), Files.createDirectory(work.resolve(name)), "app:1", tar);
    return Files.readAllBytes(tar);
  }

  private static Map<String, Entry> entries(InputStream tar) throws IOException {
    var all = new LinkedHashMap<String, Entry>();
    try (var in = new TarArchiveInputStream(tar)) {
      for (var it = in.getNextEntry(); it != null; it = in.getNextEntry()) {
        all.put(it.getName(), new Entry(it, in.readAllBytes()));
      }
    }
    return all;
  }

  private static String sha256(byte[] bytes) throws NoSuchAlgorithmException {
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private static List<String> digests(String text) {
    return DIGEST.matcher(text).results().map(MatchResult::group).toList();
  }

  private static Entry entry(Map<String, Entry> tar, String name) {
    return Objects.requireNonNull(tar.get(name), name);
  }

  private static String text(Map<String, Entry> tar, String name) {
    return new String(entry(tar, name).bytes(), UTF_8);
  }

  @Test
  void layersAreNamedByTheirDigestsAndTheConfigurationByItsOwn() throws Exception {
    Map<String, Entry> tar = entries(new ByteArrayInputStream(written("one")));
    String manifest = text(tar, "manifest.json");
    String config = text(tar, "config.json");
    assertThat(manifest).contains("\"RepoTags\":[\"app:1\"]", "\"Config\":\"config.json\"");
    List<String> layers = digests(manifest);
    assertThat(layers).hasSize(4);
    var unpacked = new LinkedHashMap<String, Entry>();
    var diffs = new ArrayList<String>();
    for (String layer : layers) {
      byte[] zipped = entry(tar, layer + ".tar.gz").bytes();
      assertThat(sha256(zipped)).isEqualTo(layer);
      byte[] bytes = new GZIPInputStream(new ByteArrayInputStream(zipped)).readAllBytes();
      diffs.add(sha256(bytes));
      unpacked.putAll(entries(new ByteArrayInputStream(bytes)));
    }
    assertThat(digests(config.substring(config.indexOf("diff_ids")))).isEqualTo(diffs);
    assertThat(config)
        .contains(
            "\"Entrypoint\":[\"/opt/java/bin/java\",\"@classpath\",\"Main\"]",
            "\"WorkingDir\":\"/app\"",
            "\"User\":\"7:8\"",
            "\"A=b\"",
            "\"8080/tcp\"");
    assertThat(unpacked.keySet()).noneMatch(it -> it.startsWith("/") || it.contains(".."));
    assertThat(unpacked.values())
        .allSatisfy(
            it -> {
              assertThat(it.head().getLongUserId()).isZero();
              assertThat(it.head().isSymbolicLink()).isFalse();
            });
    assertThat(mode(unpacked, "opt/java/bin/java")).isEqualTo(0755);
    assertThat(mode(unpacked, "app/classpath")).isEqualTo(0644);
    assertThat(mode(unpacked, "tmp/")).isEqualTo(0777);
    assertThat(text(unpacked, "app/lib/a.jar")).isEqualTo("a");
    assertThat(text(unpacked, "opt/java/legal/java.sql/LICENSE")).isEqualTo("licence");
    assertThat(text(unpacked, libc.toString().substring(1))).isEqualTo("libc");
    assertThat(text(unpacked, "etc/passwd")).contains("app:x:7:8:");
  }

  private static int mode(Map<String, Entry> tar, String name) {
    return entry(tar, name).head().getMode() & 0777;
  }

  @Test
  void theSameFilesGiveTheSameBytesWheneverTheyWereMade() throws Exception {
    byte[] one = written("one");
    Files.setLastModifiedTime(
        app.resolve("lib/a.jar"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
    byte[] two = written("two");
    assertThat(sha256(two)).isEqualTo(sha256(one));
    Files.writeString(app.resolve("lib/a.jar"), "b");
    assertThat(sha256(written("three"))).isNotEqualTo(sha256(one));
  }
}
