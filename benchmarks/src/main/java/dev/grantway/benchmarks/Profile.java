package dev.grantway.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import jdk.jfr.consumer.RecordedClass;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordingFile;

/**
 * What recordings of JDK Flight Recorder say, together of all processes of one program, or of one
 * kind of program where recordings were put into a folder of that name: where time went, by the
 * method that ran and by the innermost method of ours that led there, and what was allocated, the
 * same way. Shares are of the samples that were taken; a method with few of them says nothing.
 */
final class Profile {
  private static final String OURS = "dev.grantway.";
  private static final int ROWS = 15;
  private static final int LEAST_SAMPLES = 20;

  private final String program;
  private final Counts running = new Counts();
  private final Counts runningForUs = new Counts();
  private final Counts allocated = new Counts();
  private final Counts allocatedForUs = new Counts();
  private Duration paused = Duration.ZERO;
  private int processes;

  private Profile(String program) {
    this.program = program;
  }

  /** Weights by name. */
  private static final class Counts {
    private final Map<String, Double> byName = new HashMap<>();
    private double all;
    private long samples;

    void add(String name, double weight) {
      byName.merge(name, weight, Double::sum);
      all += weight;
      samples++;
    }

    List<String> rows() {
      return byName.entrySet().stream()
          .sorted(
              Map.Entry.<String, Double>comparingByValue()
                  .reversed()
                  .thenComparing(Map.Entry.comparingByKey()))
          .limit(ROWS)
          .map(
              it ->
                  String.format(
                      Locale.ROOT, "| %.1f | `%s` |", 100 * it.getValue() / all, it.getKey()))
          .toList();
    }
  }

  /**
   * Reads every recording ({@code *.jfr}) of a folder and of the folders in it.
   *
   * @return Markdown; programs that ran next to nothing of ours are left out, and named
   * @throws IOException where a recording cannot be read
   */
  static String of(Path folder) throws IOException {
    List<Path> files;
    try (Stream<Path> found = Files.walk(folder, 2)) {
      files = found.filter(it -> it.toString().endsWith(".jfr")).sorted().toList();
    }
    var byProgram = new TreeMap<String, Profile>();
    for (Path file : files) {
      Path kind = folder.relativize(file).getParent();
      read(file, kind == null ? Optional.empty() : Optional.of(kind.toString()), byProgram);
    }
    var told = new StringBuilder("# Where time and memory went\n");
    var leftOut = new ArrayList<String>();
    byProgram.forEach(
        (program, profile) -> {
          if (profile.runningForUs.samples < LEAST_SAMPLES) {
            leftOut.add("`" + program + "`");
          } else {
            told.append(profile.told());
          }
        });
    if (files.isEmpty()) {
      told.append("\nThere is no recording.\n");
    } else if (!leftOut.isEmpty()) {
      told.append("\nLeft out, since next to nothing of Grantway's ran there: ")
          .append(String.join(", ", leftOut))
          .append(".\n");
    }
    return told.toString();
  }

  private static void read(Path file, Optional<String> kind, Map<String, Profile> byProgram)
      throws IOException {
    try (var recording = new RecordingFile(file)) {
      var events = new ArrayList<RecordedEvent>();
      String program = "JVM";
      while (recording.hasMoreEvents()) {
        RecordedEvent event = recording.readEvent();
        switch (event.getEventType().getName()) {
          case "jdk.JVMInformation" -> program = program(event.getString("javaArguments"));
          case "jdk.ExecutionSample", "jdk.ObjectAllocationSample", "jdk.GarbageCollection" ->
              events.add(event);
          default -> {}
        }
      }
      Profile profile = byProgram.computeIfAbsent(kind.orElse(program), Profile::new);
      profile.processes++;
      events.forEach(profile::hear);
    }
  }

  /** The main class, or the jar's name; not what it was asked, which may name people and places. */
  private static String program(String arguments) {
    if (arguments == null || arguments.isBlank()) {
      return "JVM";
    }
    String first = arguments.strip().replaceFirst("(?s)\\s.*", "").replaceFirst(".*/", "");
    return first.startsWith("surefirebooter") ? "Maven Surefire" : first;
  }

  private void hear(RecordedEvent event) {
    switch (event.getEventType().getName()) {
      case "jdk.GarbageCollection" -> paused = paused.plus(event.getDuration("sumOfPauses"));
      case "jdk.ExecutionSample" -> sample(event, 1, Profile::leaf, running, runningForUs);
      default -> {
        String kind = type(event.getClass("objectClass"));
        sample(event, (double) event.getLong("weight"), it -> kind, allocated, allocatedForUs);
      }
    }
  }

  private static void sample(
      RecordedEvent event,
      double weight,
      Function<List<RecordedFrame>, String> name,
      Counts all,
      Counts ours) {
    RecordedStackTrace trace = event.getStackTrace();
    List<RecordedFrame> frames = trace == null ? List.of() : trace.getFrames();
    if (!frames.isEmpty()) {
      all.add(name.apply(frames), weight);
      ours(frames).ifPresent(it -> ours.add(it, weight));
    }
  }

  private static String leaf(List<RecordedFrame> frames) {
    return name(frames.getFirst());
  }

  private static Optional<String> ours(List<RecordedFrame> frames) {
    return frames.stream().map(Profile::name).filter(it -> it.startsWith(OURS)).findFirst();
  }

  private static String name(RecordedFrame frame) {
    RecordedMethod method = frame.getMethod();
    return type(method.getType()) + "." + method.getName();
  }

  private static String type(RecordedClass type) {
    return type == null ? "?" : type.getName();
  }

  private String told() {
    var told = new StringBuilder("\n## ").append(program).append('\n');
    told.append(
        String.format(
            Locale.ROOT,
            "%nProcesses: %d. Samples: %d, of them under a method of ours %d; sampled allocations: %.0f MB;"
                + " paused by collections: %d ms.%n",
            processes,
            running.samples,
            runningForUs.samples,
            allocated.all / 1024 / 1024,
            paused.toMillis()));
    table(told, "% of time, by the method that ran", running);
    table(told, "% of our time, by the innermost method of ours", runningForUs);
    table(told, "% of bytes allocated, by what was made", allocated);
    table(told, "% of our bytes, by the innermost method of ours", allocatedForUs);
    return told.toString();
  }

  private static void table(StringBuilder told, String title, Counts counts) {
    if (counts.samples > 0) {
      told.append("\n| %s |  |%n| -: | - |%n".formatted(title));
      counts.rows().forEach(row -> told.append(row).append('\n'));
    }
  }
}
