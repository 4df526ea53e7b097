package dev.grantway.houserules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * `mvnw` runs no Maven but the one that is named by its digest. Tried with a Maven of two lines,
 * downloaded by a `wget` that copies files.
 */
class WrapperTest {
  private static final String NAME = "apache-maven-1.0.0";

  /** All that the script calls besides what is tried. */
  private static final List<String> TOOLS =
      List.of(
          "sh",
          "uname",
          "tr",
          "mktemp",
          "mkdir",
          "rm",
          "mv",
          "sha256sum",
          "gzip",
          "tar",
          "cat",
          "cp");

  @TempDir Path folder;
  private Path bin;
  private Path served;

  @BeforeEach
  void aMavenThatAnswersAndAWayToIt() throws IOException, InterruptedException {
    bin = Files.createDirectory(folder.resolve("bin"));
    served = Files.createDirectory(folder.resolve("served"));
    for (String tool : TOOLS) {
      Optional<Path> here = find(tool);
      assumeTrue(here.isPresent(), "no " + tool + " on this machine");
      script(bin.resolve(tool), "exec '" + here.get() + "' \"$@\"");
    }
    // Called as `wget --quiet URL -O FILE`.
    script(bin.resolve("wget"), "cp '" + served + "'/\"${2##*/}\" \"$4\"");

    Path maven = Files.createDirectories(folder.resolve("made/" + NAME + "/bin"));
    script(maven.resolve("mvn"), "echo this is Maven");
    try (OutputStream file = Files.newOutputStream(served.resolve(NAME + "-bin.zip"));
        var zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry(NAME + "/bin/mvn"));
      zip.write(Files.readAllBytes(maven.resolve("mvn")));
      zip.closeEntry();
    }
    var tar =
        new ProcessBuilder(
                "tar",
                "czf",
                served.resolve(NAME + "-bin.tar.gz").toString(),
                "-C",
                folder.resolve("made").toString(),
                NAME)
            .inheritIO()
            .start();
    assertThat(tar.waitFor()).isZero();

    Files.createDirectories(folder.resolve(".mvn/wrapper"));
    Files.copy(root().resolve("mvnw"), folder.resolve("mvnw"));
  }

  private static Path root() {
    Path here = Path.of("").toAbsolutePath();
    return Files.exists(here.resolve("mvnw")) ? here : here.resolve("..");
  }

  private static Optional<Path> find(String tool) {
    return Stream.of(System.getenv("PATH").split(":"))
        .map(place -> Path.of(place, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private static void script(Path file, String line) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + line + "\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }

  private String sum(String ending) throws IOException, NoSuchAlgorithmException {
    byte[] bytes = Files.readAllBytes(served.resolve(NAME + "-bin" + ending));
    return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
  }

  private void pinned(String zip, String tar) throws IOException {
    Files.writeString(
        folder.resolve(".mvn/wrapper/maven-wrapper.properties"),
        """
        distributionUrl=https://127.0.0.1:1/org/apache/maven/%s-bin.zip
        distributionSha256Sum=%s
        distributionTarSha256Sum=%s
        """
            .formatted(NAME, zip, tar));
  }

  private String run() throws IOException, InterruptedException {
    var builder = new ProcessBuilder("/bin/sh", folder.resolve("mvnw").toString(), "--version");
    builder.environment().clear();
    builder
        .environment()
        .putAll(
            Map.of(
                "PATH", bin.toString(),
                "HOME", folder.toString(),
                "TMPDIR", folder.toString()));
    Process mvnw = builder.redirectErrorStream(true).start();
    String said = new String(mvnw.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return mvnw.waitFor() + " " + said.strip();
  }

  private void unzipIsHere() throws IOException {
    // Called as `unzip -q FILE -d FOLDER`; a jar tool's answer, without the right to run.
    script(
        bin.resolve("unzip"),
        "mkdir -p \"$4/%1$s/bin\" && cp '%2$s/made/%1$s/bin/mvn' \"$4/%1$s/bin/mvn\""
            .formatted(NAME, folder));
  }

  @Test
  void theMavenOfThatDigestRuns() throws Exception {
    unzipIsHere();
    pinned(sum(".zip"), sum(".tar.gz"));
    assertThat(run()).isEqualTo("0 this is Maven");
  }

  @Test
  void anotherOneIsNotEvenUnpacked() throws Exception {
    unzipIsHere();
    pinned(sum(".tar.gz"), sum(".zip"));
    assertThat(run()).startsWith("1 ").contains("Failed to validate").doesNotContain("this is");
    assertThat(folder.resolve(".m2/wrapper/dists/" + NAME)).isEmptyDirectory();
  }

  @Test
  void withoutUnzipTheTarIsTakenByItsOwnDigest() throws Exception {
    pinned(sum(".zip"), sum(".tar.gz"));
    assertThat(run()).isEqualTo("0 this is Maven");
  }

  @Test
  void withoutUnzipAnotherTarIsRefused() throws Exception {
    pinned(sum(".zip"), sum(".zip"));
    assertThat(run()).startsWith("1 ").contains("Failed to validate");
  }

  @Test
  void aTarWithoutADigestIsRefusedWhereTheZipHasOne() throws Exception {
    pinned(sum(".zip"), "");
    assertThat(run()).startsWith("1 ").contains("Failed to validate");
  }

  @Test
  void oursIsPinnedBothWays() throws IOException {
    assertThat(Files.readAllLines(root().resolve(".mvn/wrapper/maven-wrapper.properties")))
        .anyMatch(line -> line.matches("distributionSha256Sum=[0-9a-f]{64}"))
        .anyMatch(line -> line.matches("distributionTarSha256Sum=[0-9a-f]{64}"));
  }
}
