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
 * AOT cache that a training run has made (JEP 514), where there is one. The JVM itself leaves a
 * cache unused that was made for other jars or by another JDK.
 */
final class PackagedAuthorizer {
  private final Distribution distribution;

  PackagedAuthorizer(Distribution distribution) {
    this.distribution = distribution;
  }

  /** Where its AOT cache belongs. */
  Path cache() {
    return distribution.root().resolve("authorizer.aot");
  }

  /** How a JVM is started that makes the table reads of a first decision and nothing else. */
  ChildSettings reads(Map<String, String> environment) throws IOException {
    return ChildSettings.of(classPath(), TableReads.class.getName(), environment);
  }

  /** How its JVMs are started without the cache. */
  ChildSettings uncached(Map<String, String> environment) throws IOException {
    return plain(environment);
  }

  /** How its JVMs are started, with the cache if there is one. */
  ChildSettings settings(Map<String, String> environment) throws IOException {
    return Files.exists(cache())
        ? plain(environment).withJvmOption("-XX:AOTCache=" + cache())
        : plain(environment);
  }

  /** How a JVM is started that writes the cache when it ends. */
  ChildSettings training(Map<String, String> environment, Path into) throws IOException {
    return plain(environment).alone().withJvmOption("-XX:AOTCacheOutput=" + into);
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
