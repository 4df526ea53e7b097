package dev.grantway.images;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeTest {
  private static final String ENTRYPOINT = "ENTRYPOINT [\"java\", \"@classpath\", \"Main\"]";

  @Test
  void whatTheDockerfileOfTheAdminAppSaysIsUnderstood() throws Exception {
    Path file = Path.of(System.getProperty("basedir", ""), "../policy-admin/image/Dockerfile");
    Recipe recipe = Recipe.read(Files.readAllLines(file));
    assertThat(recipe.workingDirectory()).isEqualTo("/app");
    assertThat(recipe.copies())
        .containsOnly(Map.entry("lib", "/app/lib"), Map.entry("classpath", "/app/classpath"));
    assertThat(recipe.environment())
        .containsEntry("SERVER_SHUTDOWN", "graceful")
        .containsEntry("GRANTWAY_LOG_FORMAT", "ecs")
        .containsEntry("SPRING_CONFIG_LOCATION", "classpath:/");
    assertThat(recipe.user()).isEqualTo("10001:10001");
    assertThat(recipe.ports()).containsExactly("8080");
    assertThat(recipe.entrypoint())
        .startsWith("java", "-XX:MaxRAMPercentage=75")
        .endsWith("@classpath", "dev.grantway.admin.Application");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "RUN [\"java\", \"-version\"]",
        "ADD lib/ lib/",
        "COPY lib/ other/",
        "COPY a b ./",
        "COPY",
        "ENV NAME value",
        "CMD [\"x\"]",
        "ENV NAME=\"a value\"",
        "ENV NAME='value'",
        "ENV NAME=$OTHER",
        "ENV NAME=a\\ b",
        "ENV NAME=value \\",
        "COPY ../lib ./",
        "COPY lib/../../etc ./",
        "COPY \"lib\" ./",
        "COPY $LIB ./",
        "WORKDIR /app/..",
        "WORKDIR \"/app\"",
        "WORKDIR $HOME",
        "USER $USER",
        "EXPOSE ${PORT}",
        "ENTRYPOINT [\"java\", \"a\\\"b\"]",
        "ENTRYPOINT [\"java\", \"$MAIN\"]",
        "ENTRYPOINT [\"java\" \"Main\"]",
        "ENTRYPOINT [\"java\", 'Main']",
        "ENTRYPOINT java Main"
      })
  void whatWouldBeLeftOutIsRefused(String line) {
    assertThatThrownBy(() -> Recipe.read(List.of("WORKDIR /app", line, ENTRYPOINT)))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining(line.split(" ")[0]);
  }

  @Test
  void whatStartsNoJavaIsRefused() {
    assertThatThrownBy(() -> Recipe.read(List.of("ENTRYPOINT [\"sh\"]")))
        .isInstanceOf(ImageException.class)
        .hasMessageContaining("ENTRYPOINT");
    assertThatThrownBy(() -> Recipe.read(List.of("WORKDIR /app")))
        .isInstanceOf(ImageException.class);
  }
}
