package dev.grantway.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Of pieces of the Java that runs this. */
@EnabledOnOs(OS.LINUX)
class SystemLibrariesTest {
  private static final Path JAVA = Path.of(System.getProperty("java.home"));

  @TempDir Path folder;

  private Path runtime(String... files) throws Exception {
    Path runtime = Files.createDirectory(folder.resolve("runtime"));
    for (String file : files) {
      Path into = runtime.resolve(file);
      Files.createDirectories(into.getParent());
      Files.copy(JAVA.resolve(file), into);
    }
    return runtime;
  }

  @Test
  void aLibraryThatIsMissingHereMakesNoImage() throws Exception {
    Path runtime = runtime("lib/libjava.so");
    assertThatThrownBy(() -> SystemLibraries.of(runtime))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("`lib/libjava.so` needs `libjvm.so`");
  }

  @Test
  void whatTheRuntimeBringsIsNoneOfTheMachinesThroughALinkToo() throws Exception {
    Path runtime = runtime("lib/libjava.so", "lib/libjimage.so", "lib/server/libjvm.so");
    Path link = Files.createSymbolicLink(folder.resolve("link"), runtime);
    var libraries = SystemLibraries.of(link);
    assertThat(libraries)
        .isEqualTo(SystemLibraries.of(runtime))
        .anyMatch(it -> it.endsWith("libc.so.6"))
        .noneMatch(it -> it.startsWith(runtime) || it.startsWith(link));
  }
}
