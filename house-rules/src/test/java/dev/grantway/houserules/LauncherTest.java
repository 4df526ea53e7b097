package dev.grantway.houserules;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What ./grantway does when a step of it fails, in a folder whose JDK and Maven do nothing. */
class LauncherTest {
  private static final Path ROOT =
      Path.of(System.getProperty("basedir", "")).toAbsolutePath().resolve("..").normalize();

  @TempDir Path folder;
  private Path root = Path.of("");

  private record Ended(int code, String out, String said) {}

  @BeforeEach
  void aSmallCopy() throws IOException {
    root = folder.resolve("root");
    for (String file :
        List.of("grantway", "scripts/common.sh", "scripts/bench.sh", "scripts/test.sh")) {
      program(root.resolve(file), Files.readString(ROOT.resolve(file)));
    }
    program(root.resolve("mvnw"), "#!/bin/sh\n");
    for (String file : List.of("pom.xml", ".mvn/a.config", ".mvn/wrapper/a.properties")) {
      write(root.resolve(file), "");
    }
    for (String part :
        List.of("sandbox", "sandbox-table", "policy-admin", "authorizer", "cli", "images")) {
      part(part);
    }
    part("benchmarks");
    write(root.resolve("policy-admin/target/bom.json"), "{}");
    write(root.resolve("policy-admin/image/Dockerfile"), "FROM java\n");
    Path jdk = folder.resolve("jdk");
    write(jdk.resolve("release"), "JAVA_VERSION=\"25\"\n");
    program(jdk.resolve("bin/javac"), "#!/bin/sh\n");
    program(
        jdk.resolve("bin/jar"),
        "#!/bin/sh\nlast= into=\nfor a; do [ \"$last\" != --file ] || into=$a; last=$a; done\n"
            + "[ \"$1\" != --create ] || echo zip >\"$into\"\n");
    program(
        jdk.resolve("bin/java"),
        "#!/bin/sh\nfor last; do :; done\ncase \"$*\" in *ImageCommand*) echo image >\"$last\" ;;"
            + " esac\necho sha256:1\nexit ${JAVA_EXIT:-0}\n");
    program(
        folder.resolve("path/cp"),
        "#!/bin/sh\n[ -z \"$CP_FAILS\" ] || { echo 'cp: no room' >&2; exit 1; }\n"
            + "exec /bin/cp \"$@\"\n");
  }

  private void part(String name) throws IOException {
    write(root.resolve(name).resolve("pom.xml"), name);
    write(root.resolve(name).resolve("target/" + name + "-1.jar"), name);
    String jars = folder.resolve("repository/lib-1.jar").toString();
    write(root.resolve(name).resolve("target/runtime.classpath"), jars);
    write(Path.of(jars), "lib");
  }

  private static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void program(Path file, String text) throws IOException {
    write(file, text);
    assertThat(file.toFile().setExecutable(true)).isTrue();
  }

  private Ended run(Map<String, String> environment, String... words)
      throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("bash", root.resolve("grantway").toString()));
    command.addAll(List.of(words));
    var builder = new ProcessBuilder(command);
    builder.redirectOutput(folder.resolve("out").toFile());
    builder.redirectError(folder.resolve("said").toFile());
    var all = new HashMap<>(environment);
    all.put("GRANTWAY_JAVA_HOME", folder.resolve("jdk").toString());
    builder.environment().putAll(all);
    builder
        .environment()
        .merge("PATH", folder.resolve("path").toString(), (path, first) -> first + ":" + path);
    var process = builder.start();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    return new Ended(
        process.exitValue(),
        Files.readString(folder.resolve("out")),
        Files.readString(folder.resolve("said")));
  }

  private List<String> left(String folderOfState) throws IOException {
    Path from = root.resolve(".grantway").resolve(folderOfState);
    if (!Files.exists(from)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(from)) {
      return files.map(it -> it.getFileName().toString()).sorted().toList();
    }
  }

  @ParameterizedTest
  @CsvSource({"bench Decide", "bench load", "stage", "check x"})
  void whatCouldNotBeCopiedIsNotTakenForStaged(String words) throws Exception {
    Ended failed = run(Map.of("CP_FAILS", "1"), words.split(" "));
    assertThat(failed.code()).as(failed.said()).isEqualTo(3);
    assertThat(failed.said()).contains("cp: no room", "could not be staged");
    assertThat(left("dist")).doesNotContain("complete");
    assertThat(root.resolve(".grantway/build.lock")).doesNotExist();
    Ended ended = run(Map.of(), words.split(" "));
    assertThat(ended.code()).as(ended.said()).isZero();
    assertThat(left("dist")).contains("complete");
  }

  @Test
  void anImageThatWasMadeLiesBesideItsFolder() throws Exception {
    Ended made = run(Map.of(), "package", "--admin");
    assertThat(made.code()).as(made.said()).isZero();
    assertThat(made.out()).hasLineCount(3);
    assertThat(left("package"))
        .contains("grantway-admin-1.tar", "grantway-admin-1.tar.sha256")
        .doesNotContain("grantway-admin-1.tar.new");
  }

  @ParameterizedTest
  @CsvSource({"3, 0", "1, 3", "137, 3"})
  void onlyWhereNoneCanBeMadeIsThereNoImageAndNoFailure(String exit, int expected)
      throws Exception {
    assertThat(run(Map.of(), "package", "--admin").code()).as("an older one").isZero();
    Ended ended = run(Map.of("JAVA_EXIT", exit), "package", "--admin");
    assertThat(ended.code()).as(ended.said()).isEqualTo(expected);
    assertThat(ended.out()).as("the folder alone").hasLineCount(1);
    assertThat(ended.said().contains("writing the image failed (exit code " + exit + ")"))
        .isEqualTo(expected == 3);
    assertThat(left("package")).contains("SHA256SUMS").noneMatch(it -> it.contains(".tar"));
  }

  @Test
  void aBenchmarkInABrowserSaysThatThereIsNone() throws Exception {
    Ended ended = run(Map.of("CHROME", folder.resolve("nowhere").toString()), "bench", "ui");
    assertThat(ended.code()).isEqualTo(3);
    assertThat(ended.said()).contains("CHROME is `", "which is no program");
    assertThat(left("dist")).isEmpty();
  }

  /** Where no browser is, nobody may install one, and nothing is skipped. */
  @ParameterizedTest
  @CsvSource({"bench ui", "bench sessions", "test --only browser"})
  void withoutABrowserWhatNeedsOneSaysHowToGetItAndDoesNothing(String words) throws Exception {
    Path only = folder.resolve("only");
    browserless(only);
    Ended ended = runWithPath(only, words);
    assertThat(ended.code()).as(ended.said()).isEqualTo(3);
    assertThat(ended.said())
        .contains("needs Chromium: install it", "or set CHROME to one")
        .doesNotContain("installing");
    assertThat(ended.out()).isEmpty();
    assertThat(left("dist")).isEmpty();
    program(only.resolve("id"), "#!/bin/sh\necho 0\n");
    program(only.resolve("apt-get"), "#!/bin/sh\necho \"asked: $*\"\n[ \"$1\" = update ]\n");
    Ended root = runWithPath(only, words);
    assertThat(root.code()).as(root.said()).isEqualTo(3);
    assertThat(root.said()).contains("needs Chromium: install it");
    assertThat(root.said().contains("asked: install -y --no-install-recommends chromium"))
        .as("only root on Debian fetches it: %s", root.said())
        .isEqualTo(isDebianLike());
    program(only.resolve("chromium"), "#!/bin/sh\n");
    assertThat(runWithPath(only, words).said()).doesNotContain("needs Chromium");
  }

  private static boolean isDebianLike() throws IOException {
    Path release = Path.of("/etc/os-release");
    return Files.isReadable(release)
        && Files.readAllLines(release).stream()
            .anyMatch(line -> line.matches("(ID|ID_LIKE)=.*(debian|ubuntu).*"));
  }

  /** Everything of this machine's path but browsers, and nobody who may install. */
  private static void browserless(Path only) throws IOException {
    Files.createDirectories(only);
    for (String place : System.getenv("PATH").split(":", -1)) {
      Path from = Path.of(place);
      if (place.isEmpty() || !Files.isDirectory(from)) {
        continue;
      }
      try (Stream<Path> programs = Files.list(from)) {
        for (Path program : programs.toList()) {
          String name = program.getFileName().toString();
          Path link = only.resolve(name);
          if (!name.contains("chrom")
              && !name.equals("id")
              && !Files.exists(link, NOFOLLOW_LINKS)) {
            Files.createSymbolicLink(link, program);
          }
        }
      }
    }
    Files.deleteIfExists(only.resolve("apt-get"));
    program(only.resolve("id"), "#!/bin/sh\necho 1000\n");
  }

  private Ended runWithPath(Path only, String words) throws IOException, InterruptedException {
    return run(
        Map.of("PATH", only.toString(), "CHROME", "", "HOME", folder.toString()), words.split(" "));
  }
}
