package dev.grantway.policyfile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads case tables (conformance/README.md); the tests of every module run them. */
public final class CaseTables {
  private static final String HOME = "/dev/grantway/conformance/";
  static final List<String> TWIN = List.of("ok", "skip");

  private final Findings findings;
  private final String file;

  private CaseTables(String file) {
    this.file = file;
    this.findings = new Findings(file);
  }

  /** Every table of the conformance module, which must be on the class path. */
  public static List<CaseTable> all() {
    return resource("index.txt")
        .lines()
        .flatMap(name -> read(resource(name), name).stream())
        .toList();
  }

  /**
   * The tables of one file.
   *
   * @throws IllegalArgumentException listing every error
   */
  public static List<CaseTable> read(String text, String file) {
    var reader = new CaseTables(file);
    List<CaseTable> tables = reader.tables(text);
    if (reader.findings.hasErrors()) {
      throw new IllegalArgumentException(
          String.join("\n", reader.findings.sorted().stream().map(Finding::toString).toList()));
    }
    return tables;
  }

  private static String resource(String name) {
    try (InputStream in = CaseTables.class.getResourceAsStream(HOME + name)) {
      if (in == null) {
        throw new IllegalStateException(HOME + name + " is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private List<CaseTable> tables(String text) {
    var tables = new ArrayList<CaseTable>();
    NodeReader.read(text, findings)
        .flatMap(root -> Entry.of(Shape.CASES, root, findings))
        .ifPresent(
            root -> {
              root.requireKey("cases");
              root.entries("tables", Shape.TABLE)
                  .forEach(entry -> table(entry).ifPresent(tables::add));
            });
    return tables;
  }

  private Optional<CaseTable> table(Entry entry) {
    Optional<String> name = entry.required("name");
    Optional<String> about = entry.required("about");
    entry.requireKey("policy");
    entry.requireKey("cases");
    List<String> ids = ids(entry);
    var known = new Known(findings, Map.of());
    Optional<PolicyFile.Result> policy =
        entry.value("policy").map(node -> new DocumentReader(findings, known).read(node));
    var rows = new ArrayList<CaseTable.Row>();
    var tests = new TestReader(findings, known);
    for (Entry row : entry.entries("cases", Shape.CASE)) {
      row.requireKey("by");
      row(row, tests, row.has("ids") ? ids(row) : ids).ifPresent(rows::add);
    }
    return policy.isPresent() && policy.get() instanceof PolicyFile.Read read && name.isPresent()
        ? Optional.of(new CaseTable(name.get(), about.orElse(""), read.policy(), rows))
        : Optional.empty();
  }

  private Optional<CaseTable.Row> row(Entry entry, TestReader tests, List<String> ids) {
    CaseTable.Twin twin =
        entry
            .word("twin", TWIN)
            .map(word -> CaseTable.Twin.valueOf(word.toUpperCase(Locale.ROOT)))
            .orElse(CaseTable.Twin.FOLLOWS);
    return tests
        .readCase(entry)
        .map(test -> new CaseTable.Row(ids, test, twin, file + ":" + entry.at().line()));
  }

  private static List<String> ids(Entry entry) {
    return entry.texts("ids").stream().map(Node.Text::value).toList();
  }
}
