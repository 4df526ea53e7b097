package dev.grantway.sandbox;

import dev.grantway.authorizer.AuthorizerHandler;
import dev.grantway.sandbox.twin.lambda.ChildSettings;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The authorizer as it is deployed: the jars of its zip, run by the Lambda runtime client, with the
 * AOT cache that a training run has made (JEP 514), where there is one. The JVM itself leaves an
 * archive unused that was made for other jars or by another JDK, unless it is told to insist.
 */
final class PackagedAuthorizer {
  private final Distribution distribution;

  PackagedAuthorizer(Distribution distribution) {
    this.distribution = distribution;
  }

  /** Where what an earlier run has left belongs. */
  Path archive(Archive archive) {
    return distribution.root().resolve(archive.file());
  }

  /** How a JVM is started that answers a constant. */
  ChildSettings trivial() throws IOException {
    return ChildSettings.of(classPath(), TrivialHandler.class.getName(), Map.of());
  }

  /** How a JVM is started that makes the table reads of a first decision and nothing else. */
  ChildSettings reads(Map<String, String> environment) throws IOException {
    return ChildSettings.of(classPath(), TableReads.class.getName(), environment);
  }

  /** How such a JVM is started that uses that AOT cache, or ends at once. */
  ChildSettings readsInsistingOn(Path cache, Map<String, String> environment) throws IOException {
    return reads(environment)
        .withJvmOption(Archive.AOT.using() + cache)
        .withJvmOption(Archive.AOT.insisting());
  }

  /** How such a JVM is started that writes an AOT cache when it ends. */
  ChildSettings readsTraining(Map<String, String> environment, Path into) throws IOException {
    return reads(environment).alone().withJvmOption(Archive.AOT.making() + into);
  }

  /** How its JVMs are started without an archive. */
  ChildSettings uncached(Map<String, String> environment) throws IOException {
    return plain(environment);
  }

  /** How its JVMs are started, with the AOT cache if there is one. */
  ChildSettings settings(Map<String, String> environment) throws IOException {
    Path cache = archive(Archive.AOT);
    return Files.exists(cache)
        ? plain(environment).withJvmOption(Archive.AOT.using() + cache)
        : plain(environment);
  }

  /** How JVMs are started that use that archive, or end at once. */
  ChildSettings insistingOn(Archive archive, Map<String, String> environment) throws IOException {
    return plain(environment)
        .withJvmOption(archive.using() + archive(archive))
        .withJvmOption(archive.insisting());
  }

  /** How a JVM is started that writes the archive when it ends. */
  ChildSettings training(Archive archive, Map<String, String> environment, Path into)
      throws IOException {
    return plain(environment).alone().withJvmOption(archive.making() + into);
  }

  private ChildSettings plain(Map<String, String> environment) throws IOException {
    return ChildSettings.of(classPath(), AuthorizerHandler.class.getName(), environment);
  }

  /** What is in the zip, and what Lambda adds to it: the runtime client and what starts it. */
  private List<Path> classPath() throws IOException {
    try (Stream<Path> jars = Files.list(distribution.function().resolve("lib"))) {
      Stream<Path> added =
          Stream.of(distribution.classPath("sandbox").split(File.pathSeparator))
              .map(Path::of)
              .filter(
                  jar -> {
                    String name = jar.getFileName().toString();
                    return name.startsWith("aws-lambda-java-runtime")
                        || name.startsWith("sandbox-")
                        || name.startsWith("aws-lambda-java-serialization");
                  });
      return Stream.concat(jars.sorted(), added).toList();
    }
  }
}
