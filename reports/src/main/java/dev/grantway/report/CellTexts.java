package dev.grantway.report;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What cells say, neutralised: rows that share a part find its text put together. */
final class CellTexts<T> {
  private static final int MOST = 1_000;

  private final List<? extends Column<T>> columns;
  private final List<Map<Object, String>> known;

  CellTexts(List<? extends Column<T>> columns) {
    this.columns = columns;
    this.known =
        Stream.<Map<Object, String>>generate(IdentityHashMap::new).limit(columns.size()).toList();
  }

  /** The text of a row's cell. */
  String of(int index, T row) {
    Column<T> column = columns.get(index);
    Object part = column.part(row);
    if (part == null) {
      return Formulas.neutral(column.text(row));
    }
    Map<Object, String> texts = known.get(index);
    String text = texts.get(part);
    if (text == null) {
      text = Formulas.neutral(column.text(row));
      if (texts.size() == MOST) {
        texts.clear();
      }
      texts.put(part, text);
    }
    return text;
  }
}
