package dev.grantway.sandbox.twin.lambda;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a function's children are started.
 *
 * @param program told the handler
 * @param handler of a JVM the handler's class name
 * @param environment the function's own variables; nothing else is inherited but what a JVM needs
 * @param atMost children at a time: like Lambda's environments, each takes one event at a time
 * @param startTimeout from the start of a child to its first request for an event
 */
public record ChildSettings(
    ChildProgram program,
    String handler,
    Map<String, String> environment,
    int atMost,
    Duration startTimeout) {

  private static final int USUALLY = 2;
  private static final Duration LAMBDA_INIT_LIMIT = Duration.ofSeconds(10);

  public ChildSettings {
    environment = Map.copyOf(environment);
    if (atMost < 1) {
      throw new IllegalArgumentException("one child is the least");
    }
  }

  /** Two JVMs with this JVM's {@code java} and Lambda's limit of 10 s for a start. */
  public static ChildSettings of(
      List<Path> classPath, String handler, Map<String, String> environment) {
    return of(
        new ChildProgram.Jvm(
            Path.of(System.getProperty("java.home"), "bin", "java"),
            classPath,
            List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m")),
        handler,
        environment);
  }

  /** Two children with Lambda's limit of 10 s for a start. */
  public static ChildSettings of(
      ChildProgram program, String handler, Map<String, String> environment) {
    return new ChildSettings(program, handler, environment, USUALLY, LAMBDA_INIT_LIMIT);
  }

  /** Whether its children are JVMs, which take options. */
  public boolean isJvm() {
    return program instanceof ChildProgram.Jvm;
  }

  /**
   * The same with one more option for the JVM.
   *
   * @throws IllegalStateException if it is no JVM
   */
  public ChildSettings withJvmOption(String option) {
    return switch (program) {
      case ChildProgram.Jvm jvm ->
          new ChildSettings(jvm.with(option), handler, environment, atMost, startTimeout);
      case ChildProgram.Other _ -> throw new IllegalStateException("`" + handler + "` is no class");
    };
  }

  /**
   * The same under JDK Flight Recorder; each child that ends in peace leaves a recording there.
   *
   * @throws IllegalStateException if it is no JVM
   */
  public ChildSettings recordedInto(Path folder) {
    return withJvmOption("-D" + ChildRecording.FOLDER + "=" + folder.toAbsolutePath());
  }

  /** The same with one child only. */
  public ChildSettings alone() {
    return new ChildSettings(program, handler, environment, 1, startTimeout);
  }

  /** The same with another limit for a start. */
  public ChildSettings startingWithin(Duration limit) {
    return new ChildSettings(program, handler, environment, atMost, limit);
  }
}
