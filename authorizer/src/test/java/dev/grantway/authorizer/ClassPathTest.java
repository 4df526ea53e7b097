package dev.grantway.authorizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The authorizer and shared-model run without Spring and without reflection-based JSON. */
class ClassPathTest {
  /** Whoever runs these tests without any of them runs the Lambda without them too. */
  private static final List<String> UNWANTED =
      List.of(
          "org.springframework.core.SpringVersion",
          "org.springframework.boot.SpringApplication",
          "com.vaadin.flow.component.Component",
          "com.google.gson.Gson",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "tools.jackson.databind.ObjectMapper",
          "org.joda.time.DateTime",
          "org.yaml.snakeyaml.Yaml",
          "org.snakeyaml.engine.v2.api.Load",
          "io.netty.channel.Channel",
          "org.apache.http.client.HttpClient",
          "org.apache.hc.client5.http.classic.HttpClient");

  private static boolean present(String name) {
    try {
      Class.forName(name, false, ClassPathTest.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException e) {
      return false;
    }
  }

  @Test
  void nothingUnwantedCanBeLoaded() {
    assertThat(UNWANTED).noneMatch(ClassPathTest::present);
    assertThat(present("com.nimbusds.jose.JWSHeader")).as("the check itself works").isTrue();
  }

  @Test
  void noJarOfAFrameworkIsOnTheClassPath() {
    var jars = System.getProperty("java.class.path").split(Pattern.quote(File.pathSeparator));
    assertThat(jars)
        .noneMatch(
            jar ->
                jar.matches(".*[/\\\\](spring|vaadin|jackson-databind|gson|joda)[^/\\\\]*\\.jar"));
  }
}
