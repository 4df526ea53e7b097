package dev.grantway.report;

import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The columns of a grant report in their order (CONTRACT "Exports"), each with its cells' text. */
public enum GrantColumn {
  API(14, GrantRow::api),
  STAGE(10, GrantRow::stage),
  METHOD(10, GrantRow::method),
  ROUTE(40, GrantRow::route),
  ROLE(24, row -> row.role().value()),
  EFFECT(9, row -> row.effect().name()),
  VIA(32, row -> row.via().stream().map(GrantColumn::path).collect(Collectors.joining("; "))),
  PERMISSIONS(
      32,
      row -> row.permissions().stream().map(PermissionId::value).collect(Collectors.joining(" "))),
  CONDITIONS(48, row -> String.join("\n", row.conditions())),
  FROM(22, row -> text(row.from())),
  UNTIL(22, row -> text(row.until())),
  LAST_CHANGED_BY(22, row -> row.changed().by()),
  LAST_CHANGED_AT(26, row -> text(row.changed().at())),
  REVISION(10, row -> Long.toString(row.changed().revision()));

  private final int width;
  private final Function<GrantRow, String> text;

  GrantColumn(int width, Function<GrantRow, String> text) {
    this.width = width;
    this.text = text;
  }

  /** As it stands above the column, such as {@code last_changed_at}. */
  public String header() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** How many characters wide a column of a sheet is. */
  int width() {
    return width;
  }

  /** What a cell says, formula characters and all. */
  public String text(GrantRow row) {
    return text.apply(row);
  }

  static List<String> headers() {
    return Arrays.stream(values()).map(GrantColumn::header).toList();
  }

  static List<String> texts(GrantRow row) {
    return Arrays.stream(values()).map(it -> it.text(row)).toList();
  }

  private static String path(List<RoleName> path) {
    return path.stream().map(RoleName::value).collect(Collectors.joining(" > "));
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse("");
  }
}
