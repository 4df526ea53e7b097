package dev.grantway.sandbox.process;

import java.util.Map;
import java.util.Set;

/**
 * The environment variables that a child JVM inherits: where things are, and how people write.
 * Whatever else is set where the sandbox was started, such as settings of Spring, AWS, Java or a
 * proxy, would change what a part does, or show it a secret that it has no use for.
 */
public final class Surroundings {
  private static final Set<String> INHERITED =
      Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LANGUAGE", "TZ", "TMPDIR", "SystemRoot");

  private Surroundings() {}

  /** Removes every variable that is not inherited. */
  public static void keepOnly(Map<String, String> environment) {
    environment.keySet().removeIf(name -> !INHERITED.contains(name) && !name.startsWith("LC_"));
  }
}
