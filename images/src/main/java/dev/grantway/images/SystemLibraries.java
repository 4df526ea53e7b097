package dev.grantway.images;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The shared libraries of this machine that a Java runtime is linked with, as {@code ldd} tells
 * them: those of glibc, and what the runtime does not bring itself. Those of a screen are left out.
 */
final class SystemLibraries {
  private static final Pattern OF_A_SCREEN =
      Pattern.compile("lib(awt_xawt|splashscreen|jawt|jsound)\\.so");
  private static final Pattern FOUND = Pattern.compile("(?:=> |^\\s*)(/\\S+) \\(0x");
  private static final Pattern MISSING = Pattern.compile("^\\s*(\\S+) => not found");
  private static final List<String> ASKED_AT_RUN_TIME =
      List.of("libnss_files.so.2", "libnss_dns.so.2", "libresolv.so.2");

  private SystemLibraries() {}

  /**
   * Paths as the loader looks for them, in order; what they lead to may lie elsewhere.
   *
   * @throws ImageException also if one is missing here and the runtime does not bring it
   */
  static Set<Path> of(Path linked) throws IOException, ImageException {
    Path runtime = linked.toRealPath();
    List<Path> binaries = binaries(runtime);
    Set<String> brought =
        binaries.stream().map(it -> it.getFileName().toString()).collect(Collectors.toSet());
    var found = new TreeSet<Path>();
    for (Path binary : binaries) {
      for (String line : ldd(binary)) {
        var match = FOUND.matcher(line);
        if (match.find() && !Path.of(match.group(1)).startsWith(runtime)) {
          found.add(Path.of(match.group(1)));
        }
        // Java loads its own libraries in order, so that theirs are there; ldd looks for each
        // alone.
        var missing = MISSING.matcher(line);
        if (missing.find() && !brought.contains(missing.group(1))) {
          throw new ImageException(
              "`%s` needs `%s`, which is not on this machine: install it, or build by the Dockerfile"
                  .formatted(runtime.relativize(binary), missing.group(1)));
        }
      }
    }
    Path libc =
        found.stream()
            .filter(it -> it.endsWith("libc.so.6"))
            .findFirst()
            .orElseThrow(
                () ->
                    new ImageException(
                        "this machine's C library is not glibc: make the image on a Linux that has"
                            + " it, or build by the Dockerfile"));
    ASKED_AT_RUN_TIME.stream().map(libc::resolveSibling).filter(Files::exists).forEach(found::add);
    return found;
  }

  private static List<Path> binaries(Path runtime) throws IOException {
    try (Stream<Path> files = Files.walk(runtime)) {
      return files
          .filter(it -> it.endsWith("bin/java") || it.toString().endsWith(".so"))
          .filter(it -> !OF_A_SCREEN.matcher(it.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  private static List<String> ldd(Path binary) throws IOException, ImageException {
    Process process;
    try {
      process = new ProcessBuilder("ldd", binary.toString()).redirectErrorStream(true).start();
    } catch (IOException e) {
      throw new ImageException(
          "`ldd` cannot be run here (%s): install it, or build by the Dockerfile"
              .formatted(e.getMessage()));
    }
    try {
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      process.waitFor();
      return said.lines().toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ImageException("interrupted");
    }
  }
}
