package dev.grantway.sandbox.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SurroundingsTest {
  @Test
  void settingsAndSecretsOfTheShellStayOut() {
    var environment = new TreeMap<String, String>();
    List.of(
            "SERVER_ADDRESS",
            "SERVER_PORT",
            "SPRING_PROFILES_ACTIVE",
            "SPRING_APPLICATION_JSON",
            "AWS_SESSION_TOKEN",
            "AWS_PROFILE",
            "GRANTWAY_CACHE_TTL",
            "GRANTWAY_FIRST_OWNER",
            "JAVA_TOOL_OPTIONS",
            "_JAVA_OPTIONS",
            "JDK_JAVA_OPTIONS",
            "CLASSPATH",
            "LD_PRELOAD",
            "HTTP_PROXY",
            "https_proxy")
        .forEach(name -> environment.put(name, "poison"));
    Surroundings.keepOnly(environment);
    assertThat(environment).isEmpty();
  }

  @Test
  void whereThingsAreAndHowPeopleWriteIsInherited() {
    var environment = new TreeMap<String, String>();
    var kept = List.of("HOME", "LANG", "LC_ALL", "LC_CTYPE", "PATH", "TMPDIR", "TZ", "USER");
    kept.forEach(name -> environment.put(name, "here"));
    Surroundings.keepOnly(environment);
    assertThat(environment.keySet()).containsExactlyElementsOf(kept);
  }
}
