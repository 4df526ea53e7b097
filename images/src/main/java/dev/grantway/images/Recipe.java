package dev.grantway.images;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What a Dockerfile says of an image whose base is one with a JDK. Refused is every instruction
 * that is not listed here, so that nothing it says is left out unnoticed.
 *
 * @param workingDirectory an absolute path
 * @param copies where in the image a file or folder beside the Dockerfile goes, by its name
 * @param user uid and gid, as in {@code 10001:10001}
 * @param entrypoint words; the first is {@code java}
 */
record Recipe(
    String workingDirectory,
    Map<String, String> copies,
    Map<String, String> environment,
    String user,
    List<String> ports,
    List<String> entrypoint) {
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"");
  private static final Pattern LIST =
      Pattern.compile("ENTRYPOINT +\\[ *\"[^\"]*\"( *, *\"[^\"]*\")* *]");

  /** A shell's or Docker's own reading of a word, and ways out of a folder. */
  private static final Pattern NOT_AS_IT_STANDS = Pattern.compile("[$\\\\]|\\.\\.");

  Recipe {
    copies = Collections.unmodifiableMap(new LinkedHashMap<>(copies));
    environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
    ports = List.copyOf(ports);
    entrypoint = List.copyOf(entrypoint);
  }

  /**
   * Reads one.
   *
   * @throws ImageException if it says something that is not understood here
   */
  static Recipe read(List<String> lines) throws ImageException {
    String directory = "/";
    String user = "";
    var copies = new LinkedHashMap<String, String>();
    var environment = new LinkedHashMap<String, String>();
    var ports = new ArrayList<String>();
    List<String> entrypoint = List.of();
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      List<String> words = List.of(line.strip().split(" +"));
      refuseWhatIsNotTakenAsItStands(words.getFirst(), line);
      switch (words.getFirst()) {
        case "ARG", "FROM" -> {}
        case "WORKDIR" -> directory = words.getLast();
        case "COPY" -> copies.put(copied(words), directory + "/" + copied(words));
        case "ENV" -> environment.putAll(assigned(words.subList(1, words.size())));
        case "USER" -> user = words.getLast();
        case "EXPOSE" -> ports.add(words.getLast());
        case "ENTRYPOINT" -> entrypoint = listed(line.strip());
        default ->
            throw new ImageException(
                "the instruction `"
                    + words.getFirst()
                    + "` is not understood here: leave it out, or build by the Dockerfile");
      }
    }
    if (entrypoint.isEmpty() || !entrypoint.getFirst().equals("java")) {
      throw new ImageException("the Dockerfile needs an ENTRYPOINT [\"java\", …]");
    }
    return new Recipe(directory, copies, environment, user, ports, entrypoint);
  }

  private static void refuseWhatIsNotTakenAsItStands(String instruction, String line)
      throws ImageException {
    boolean left = instruction.equals("ARG") || instruction.equals("FROM");
    boolean quoted = line.contains("\"") || line.contains("'");
    if (!left
        && (NOT_AS_IT_STANDS.matcher(line).find() || quoted && !instruction.equals("ENTRYPOINT"))) {
      throw new ImageException(
          "`"
              + line.strip()
              + "` has a quote, `$`, a backslash or `..`, which are not understood here: write it"
              + " without them, or build by the Dockerfile");
    }
  }

  private static String trimmed(String path) {
    return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
  }

  /** A file into the working directory, or a folder into one of the same name there. */
  private static String copied(List<String> words) throws ImageException {
    String source = trimmed(words.size() == 3 ? words.get(1) : "");
    String target = trimmed(words.getLast());
    if (source.isEmpty() || !(target.equals(".") || target.equals(source))) {
      throw new ImageException(
          "one file or folder is copied at a time and keeps its name, which `"
              + String.join(" ", words)
              + "` does not: split it, or build by the Dockerfile");
    }
    return source;
  }

  private static Map<String, String> assigned(List<String> words) throws ImageException {
    var all = new LinkedHashMap<String, String>();
    for (String word : words) {
      int equals = word.indexOf('=');
      if (equals < 1) {
        throw new ImageException("ENV needs NAME=VALUE, got `" + word + "`");
      }
      all.put(word.substring(0, equals), word.substring(equals + 1));
    }
    return all;
  }

  private static List<String> listed(String line) throws ImageException {
    if (!LIST.matcher(line).matches()) {
      throw new ImageException(
          "the Dockerfile needs an ENTRYPOINT [\"java\", …], got `" + line + "`");
    }
    return WORD.matcher(line).results().map((MatchResult word) -> word.group(1)).toList();
  }
}
