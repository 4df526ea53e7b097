package dev.grantway.sandbox.twin.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How a function's child JVMs are started.
 *
 * @param classPath of the function with the runtime interface client and this module's classes
 * @param handler the handler's class name
 * @param environment the function's own variables; nothing else is inherited but what a JVM needs
 * @param jvmOptions put before the main class
 * @param atMost child JVMs at a time: like Lambda's environments, each takes one event at a time
 * @param startTimeout from the start of a child to its first request for an event
 */
public record ChildSettings(
    Path java,
    List<Path> classPath,
    String handler,
    Map<String, String> environment,
    List<String> jvmOptions,
    int atMost,
    Duration startTimeout) {

  private static final Duration LAMBDA_INIT_LIMIT = Duration.ofSeconds(10);

  public ChildSettings {
    classPath = List.copyOf(classPath);
    environment = Map.copyOf(environment);
    jvmOptions = List.copyOf(jvmOptions);
    if (classPath.isEmpty() || atMost < 1) {
      throw new IllegalArgumentException("a child JVM needs a class path, and one is the least");
    }
  }

  /** Two children with this JVM's {@code java} and Lambda's limit of 10 s for a start. */
  public static ChildSettings of(
      List<Path> classPath, String handler, Map<String, String> environment) {
    return new ChildSettings(
        Path.of(System.getProperty("java.home"), "bin", "java"),
        classPath,
        handler,
        environment,
        List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m"),
        2,
        LAMBDA_INIT_LIMIT);
  }

  /** The same with one more option for the JVM. */
  public ChildSettings withJvmOption(String option) {
    var more = new ArrayList<>(jvmOptions);
    more.add(option);
    return new ChildSettings(java, classPath, handler, environment, more, atMost, startTimeout);
  }

  /** The same with one JVM only. */
  public ChildSettings alone() {
    return new ChildSettings(java, classPath, handler, environment, jvmOptions, 1, startTimeout);
  }
}
