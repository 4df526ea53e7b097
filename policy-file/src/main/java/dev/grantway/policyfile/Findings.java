package dev.grantway.policyfile;

import dev.grantway.analysis.Code;
import dev.grantway.analysis.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects every finding of one file. */
public final class Findings {
  private static final int MAX_QUOTE = 120;
  private final String file;
  private final List<Finding> found = new ArrayList<>();
  private int errors;

  public Findings(String file) {
    this.file = file;
  }

  public void error(Position at, FindingCode code, String message, String next) {
    put(new Finding(file, at, Severity.ERROR, code, message, next));
  }

  public void warning(Position at, FindingCode code, String message, String next) {
    put(new Finding(file, at, Severity.WARNING, code, message, next));
  }

  public void add(Severity severity, Position at, Code code, String message, String next) {
    put(new Finding(file, at, severity, code, message, next));
  }

  /** What the records refuse becomes an error at that place. */
  public <T> Optional<T> guard(Position at, FindingCode code, String next, Supplier<T> make) {
    try {
      return Optional.of(make.get());
    } catch (IllegalArgumentException refused) {
      error(at, code, String.valueOf(refused.getMessage()), next);
      return Optional.empty();
    }
  }

  public boolean hasErrors() {
    return errors > 0;
  }

  /** How many errors there are so far. */
  public int errors() {
    return errors;
  }

  private void put(Finding finding) {
    found.add(finding);
    errors += finding.isError() ? 1 : 0;
  }

  /** In the order of the file. */
  public List<Finding> sorted() {
    return found.stream()
        .sorted(
            Comparator.comparingInt((Finding finding) -> finding.at().line())
                .thenComparingInt(finding -> finding.at().column()))
        .toList();
  }

  /** A person's input in backticks, on one line and not endless. */
  public static String quote(String text) {
    String shown = text.length() > MAX_QUOTE ? text.substring(0, MAX_QUOTE) + "…" : text;
    var out = new StringBuilder("`");
    shown.chars().forEach(c -> out.append(Character.isISOControl(c) ? '\uFFFD' : (char) c));
    return out.append('`').toString();
  }
}
