package dev.grantway.admin.whocan;

import dev.grantway.admin.common.Sentence;
import dev.grantway.store.Membership;
import dev.grantway.store.MembershipList;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A membership list as a file: CSV (RFC 4180) with the columns {@code issuer,subject,group} and a
 * header of just these names. Empty lines are skipped, rows that are there twice count once.
 */
final class MembershipCsv {
  /** How many characters a file may have. */
  static final int MOST_CHARACTERS = 8_000_000;

  private static final List<String> HEADER = List.of("issuer", "subject", "group");
  private static final int SAID = 20;

  private final String text;
  private final Set<Membership> rows = new LinkedHashSet<>();
  private final List<Sentence> problems = new ArrayList<>();
  private int at;
  private int line = 1;
  private int repeated;

  /**
   * What a file holds.
   *
   * @param repeated how many rows said again what another had said
   * @param problems why it cannot be taken, line by line, the first {@value #SAID}; then there are
   *     no rows
   */
  record Read(List<Membership> rows, int repeated, List<Sentence> problems) {
    Read {
      rows = problems.isEmpty() ? List.copyOf(rows) : List.of();
      problems = List.copyOf(problems);
    }
  }

  private MembershipCsv(String text) {
    this.text = text.startsWith("\uFEFF") ? text.substring(1) : text;
  }

  static Read read(String text) {
    if (text.length() > MOST_CHARACTERS) {
      return new Read(
          List.of(), 0, List.of(Sentence.of("whocan.csv.long", Integer.toString(MOST_CHARACTERS))));
    }
    var csv = new MembershipCsv(text);
    csv.readAll();
    return new Read(List.copyOf(csv.rows), csv.repeated, csv.problems);
  }

  private void readAll() {
    boolean headed = false;
    while (at < text.length() && problems.size() < SAID) {
      int begun = line;
      List<String> fields = record();
      if (fields.equals(List.of(""))) {
        continue;
      }
      if (!headed) {
        headed = true;
        if (!fields.equals(HEADER)) {
          problems.add(Sentence.of("whocan.csv.header", String.join(",", HEADER)));
          return;
        }
      } else {
        row(begun, fields);
      }
    }
    if (!headed && problems.isEmpty()) {
      problems.add(Sentence.of("whocan.csv.header", String.join(",", HEADER)));
    }
  }

  private void row(int begun, List<String> fields) {
    String number = Integer.toString(begun);
    if (fields.size() != HEADER.size()) {
      problems.add(Sentence.of("whocan.csv.fields", number, fields.size()));
    } else {
      try {
        add(new Membership(fields.get(0), fields.get(1), fields.get(2)));
      } catch (IllegalArgumentException wrong) {
        problems.add(Sentence.of("whocan.csv.row", number, String.valueOf(wrong.getMessage())));
      }
    }
  }

  private void add(Membership row) {
    if (!rows.add(row)) {
      repeated++;
    } else if (rows.size() > MembershipList.MOST_ROWS) {
      problems.clear();
      problems.add(Sentence.of("whocan.csv.many", Integer.toString(MembershipList.MOST_ROWS)));
      at = text.length();
    }
  }

  /** The fields up to the end of the record, which quoted fields may hold line ends of. */
  private List<String> record() {
    var fields = new ArrayList<String>();
    var field = new StringBuilder();
    int begun = line;
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"' && field.isEmpty()) {
        quoted(field, begun);
      } else if (next == ',') {
        fields.add(field.toString());
        field.setLength(0);
      } else if (next == '\n') {
        line++;
        break;
      } else if (next != '\r' || at < text.length() && text.charAt(at) != '\n') {
        field.append(next);
      }
    }
    fields.add(field.toString());
    return fields;
  }

  private void quoted(StringBuilder field, int begun) {
    while (at < text.length()) {
      char next = text.charAt(at++);
      if (next == '"') {
        if (at == text.length() || text.charAt(at) != '"') {
          return;
        }
        at++;
      }
      line += next == '\n' ? 1 : 0;
      field.append(next);
    }
    problems.add(Sentence.of("whocan.csv.quote", Integer.toString(begun)));
  }
}
