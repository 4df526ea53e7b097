package dev.grantway.sandbox.twin.lambda;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/**
 * Main class of a child JVM: runs the real runtime interface client and ends with the parent, whose
 * end closes standard input, however it ended.
 */
public final class ChildMain {
  private ChildMain() {}

  public static void main(String[] args) throws Throwable {
    String recordings = System.getProperty(ChildRecording.FOLDER);
    if (recordings != null) {
      ChildRecording.begin(Path.of(recordings));
    }
    InputStream parent = System.in;
    Thread.ofPlatform().daemon().name("parent-watch").start(() -> haltAtEnd(parent));
    NativeClientLibrary.unpackTo(Path.of(""));
    AWSLambda.main(args);
  }

  private static void haltAtEnd(InputStream parent) {
    try {
      while (parent.read() >= 0) {
        Thread.onSpinWait();
      }
      NativeClientLibrary.removeWith(Path.of(""));
    } catch (IOException e) {
      Runtime.getRuntime().halt(1);
    }
    Runtime.getRuntime().halt(0);
  }
}
