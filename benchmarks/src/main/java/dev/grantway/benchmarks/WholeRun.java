package dev.grantway.benchmarks;

import dev.grantway.figures.Part;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How long the parts of the last {@code ./grantway bench} took and how they ended, as it writes
 * them down: a line each of name, seconds and exit code, with tabs between them.
 */
final class WholeRun {
  private static final int MINUTE = 60;

  private WholeRun() {}

  /** Told as a part of the report; {@link IOException} where a line is none. */
  static Part part(Path file) throws IOException {
    var rows = new ArrayList<List<String>>();
    int seconds = 0;
    int worst = 0;
    for (String line : Files.readAllLines(file)) {
      List<String> cells = List.of(line.split("\t", -1));
      if (!line.matches("[^\t]+\t[0-9]+\t[0-9]+")) {
        throw new IOException(file + " has a line that is no part of a run: `" + line + "`");
      }
      rows.add(cells);
      seconds += Integer.parseInt(cells.get(1));
      int code = Integer.parseInt(cells.getLast());
      worst = worst == 1 || code == 0 ? worst : code;
    }
    rows.add(List.of("all of it", Integer.toString(seconds), Integer.toString(worst)));
    return new Part(
        "run",
        "The run",
        "The last whole run took %d min %d s and ended with exit code %d (0 measured, 1 a wrong answer or a missed bound, 3 something outside failed). A part that was measured alone since is newer than it."
            .formatted(seconds / MINUTE, seconds % MINUTE, worst),
        List.of(new Part.Table("", List.of("part", "seconds", "exit code"), rows)),
        List.of());
  }
}
