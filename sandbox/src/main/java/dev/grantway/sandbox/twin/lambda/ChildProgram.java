package dev.grantway.sandbox.twin.lambda;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a child runs: something that asks the Runtime API for events and answers them. */
public sealed interface ChildProgram {

  /** The words of the command, which end with the handler. */
  List<String> command(String handler);

  /**
   * A JVM with the real runtime interface client.
   *
   * @param classPath of the function with the client and this module's classes
   * @param options put before the main class
   */
  record Jvm(Path java, List<Path> classPath, List<String> options) implements ChildProgram {
    public Jvm {
      classPath = List.copyOf(classPath);
      options = List.copyOf(options);
      if (classPath.isEmpty()) {
        throw new IllegalArgumentException("a child JVM needs a class path");
      }
    }

    /** The same with one more option. */
    Jvm with(String option) {
      var more = new ArrayList<>(options);
      more.add(option);
      return new Jvm(java, classPath, more);
    }

    @Override
    public List<String> command(String handler) {
      var command = new ArrayList<String>();
      command.add(java.toString());
      command.addAll(options);
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-cp");
      command.add(
          classPath.stream()
              .map(entry -> entry.toAbsolutePath().toString())
              .collect(Collectors.joining(File.pathSeparator)));
      command.add(ChildMain.class.getName());
      command.add(handler);
      return command;
    }
  }

  /**
   * A runtime in another language.
   *
   * @param words such as {@code node} and its script
   */
  record Other(List<String> words) implements ChildProgram {
    public Other {
      words = List.copyOf(words);
      if (words.isEmpty()) {
        throw new IllegalArgumentException("there is nothing to run");
      }
    }

    @Override
    public List<String> command(String handler) {
      var command = new ArrayList<>(words);
      command.add(handler);
      return command;
    }
  }
}
