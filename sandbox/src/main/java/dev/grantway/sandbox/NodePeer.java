package dev.grantway.sandbox;

import dev.grantway.sandbox.twin.lambda.ChildProgram;
import dev.grantway.sandbox.twin.lambda.ChildSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The peer of a cold start in another language: what {@code benchmarks/peers/node} holds, with its
 * packages installed, run by the {@code node} on PATH.
 *
 * @param folder with {@code runtime.cjs}, {@code trivial.cjs}, {@code authorizer.cjs}, {@code
 *     node_modules} and {@code bundle/authorizer.cjs}
 */
record NodePeer(Path folder) {
  NodePeer {
    if (!Files.exists(folder.resolve("bundle/authorizer.cjs"))) {
      throw new SandboxException(2, "`" + folder + "` is no peer that `bench cold` has installed");
    }
  }

  /** A handler that answers a constant. */
  ChildSettings trivial(Map<String, String> environment) {
    return settings(folder.resolve("trivial.cjs"), environment);
  }

  /** Its packages as npm installs them. */
  ChildSettings installed(Map<String, String> environment) {
    return settings(folder.resolve("authorizer.cjs"), environment);
  }

  /** All of it in one file, as AWS recommends where cold starts matter. */
  ChildSettings bundled(Map<String, String> environment) {
    return settings(folder.resolve("bundle/authorizer.cjs"), environment);
  }

  private ChildSettings settings(Path handler, Map<String, String> environment) {
    return ChildSettings.of(
        new ChildProgram.Other(List.of("node", folder.resolve("runtime.cjs").toString())),
        handler.toString(),
        environment);
  }
}
