package dev.grantway.figures;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;

/** The report of all that was measured. */
public final class Report {
  private final String head;
  private final List<Part> parts;

  /**
   * A report.
   *
   * @param head of which machine and day
   */
  public Report(String head, List<Part> parts) {
    this.head = head;
    this.parts = List.copyOf(parts);
  }

  /** Writes {@code report.html} and {@code report.md} into a folder. */
  public void write(Path folder) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("report.html"), html());
    Files.writeString(folder.resolve("report.md"), markdown());
  }

  /** One page, with plots, that needs no other file. */
  public String html() {
    return Html.page(head, parts);
  }

  /** The tables, and of each plot how its lines grow. */
  public String markdown() {
    var out = new StringBuilder("# Grantway, measured\n").append(head).append('\n');
    for (Part part : parts) {
      out.append("\n## ").append(part.title()).append('\n').append(part.note()).append('\n');
      out.append(tables(part));
      part.plots().stream().filter(Part.Plot::grows).forEach(it -> growths(out, it));
    }
    return out.toString();
  }

  /** The tables of one part in Markdown, for whoever has just measured it. */
  public static String tables(Part part) {
    var out = new StringBuilder();
    part.tables().forEach(it -> table(out, it));
    return out.toString();
  }

  private static void table(StringBuilder out, Part.Table table) {
    out.append('\n');
    if (!table.title().isEmpty()) {
      out.append(table.title()).append(":\n\n");
    }
    row(out, table.columns());
    row(out, Collections.nCopies(table.columns().size(), "-"));
    table.rows().forEach(it -> row(out, it));
  }

  private static void row(StringBuilder out, List<String> cells) {
    out.append('|');
    cells.forEach(it -> out.append(' ').append(it.replace("|", "\\|")).append(" |"));
    out.append('\n');
  }

  private static void growths(StringBuilder out, Part.Plot plot) {
    out.append('\n').append(plot.title()).append(", over ").append(plot.x()).append(":\n");
    Growth.told(plot).forEach(it -> out.append("- ").append(it).append('\n'));
  }
}
