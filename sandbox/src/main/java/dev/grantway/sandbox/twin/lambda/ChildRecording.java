package dev.grantway.sandbox.twin.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.text.ParseException;
import jdk.jfr.Configuration;
import jdk.jfr.Recording;

/**
 * A child JVM under JDK Flight Recorder, from its main class on. Told by {@code
 * -XX:StartFlightRecording} a JVM would refuse an AOT cache that was made without it.
 */
final class ChildRecording {
  /** The system property that names the folder of recordings. */
  static final String FOLDER = "grantway.recordings";

  private ChildRecording() {}

  /** Writes {@code PID.jfr} when the JVM ends in peace. */
  static void begin(Path folder) throws IOException, ParseException {
    var recording = new Recording(Configuration.getConfiguration("profile"));
    recording.setDumpOnExit(true);
    recording.setDestination(folder.resolve(ProcessHandle.current().pid() + ".jfr"));
    recording.start();
  }
}
