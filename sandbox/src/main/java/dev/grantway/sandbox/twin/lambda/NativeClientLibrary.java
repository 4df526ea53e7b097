package dev.grantway.sandbox.twin.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The native part of the runtime interface client. Left alone, every JVM on the machine unpacks it
 * to the same file in {@code /tmp}, and two that start together load each other's half-written
 * copy; this one unpacks it to the child's own directory.
 */
final class NativeClientLibrary {
  private static final String PROPERTY =
      "com.amazonaws.services.lambda.runtime.api.client.runtimeapi.NativeClient.JNI";
  private static final List<String> KINDS =
      List.of("linux-x86_64", "linux-aarch_64", "linux_musl-x86_64", "linux_musl-aarch_64");

  private NativeClientLibrary() {}

  /** Where none fits this machine nothing is done, and the client says what it lacks. */
  @SuppressWarnings("restricted") // --enable-native-access grants it to the child
  static void unpackTo(Path directory) throws IOException {
    for (String kind : KINDS) {
      String name = "libaws-lambda-jni." + kind + ".so";
      try (InputStream library = AWSLambda.class.getResourceAsStream("/jni/" + name)) {
        Path file = directory.resolve(name).toAbsolutePath();
        if (library != null) {
          Files.copy(library, file, StandardCopyOption.REPLACE_EXISTING);
          System.load(file.toString());
          System.setProperty(PROPERTY, file.toString());
          return;
        }
      } catch (UnsatisfiedLinkError anotherMachine) {
        Files.deleteIfExists(directory.resolve(name));
      }
    }
  }

  /** Removes the library and its directory, if nothing else is in it. */
  static void removeWith(Path directory) throws IOException {
    for (String kind : KINDS) {
      Files.deleteIfExists(directory.resolve("libaws-lambda-jni." + kind + ".so"));
    }
    Files.deleteIfExists(directory.toAbsolutePath());
  }
}
