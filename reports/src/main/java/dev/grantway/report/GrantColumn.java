package dev.grantway.report;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.PermissionId;
import dev.grantway.policy.RoleName;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The columns of a grant report in their order (CONTRACT "Exports"), each with its cells' text;
 * some are of reports by principals alone.
 */
public enum GrantColumn implements Column<GrantRow> {
  API(14, GrantRow::api),
  STAGE(10, GrantRow::stage),
  METHOD(10, GrantRow::method),
  ROUTE(40, GrantRow::route),
  /** Of a principal, as is what follows. */
  ISSUER(14, row -> holder(row, Assignment.Holder::issuer)),
  KIND(10, row -> holder(row, it -> it.kind().name().toLowerCase(Locale.ROOT))),
  PRINCIPAL(28, row -> holder(row, Assignment.Holder::value)),
  ROLE(24, GrantRow::roleNames),
  EFFECT(9, row -> row.effect().name()),
  VIA(32, row -> row.via().stream().map(GrantColumn::path).collect(Collectors.joining("; "))),
  /** Of a principal: how it holds the roles. */
  HELD_BY(
      40,
      row -> String.join("\n", row.principal().map(GrantRow.Principal::heldBy).orElse(List.of()))),
  PERMISSIONS(
      32,
      row -> row.permissions().stream().map(PermissionId::value).collect(Collectors.joining(" "))),
  CONDITIONS(48, row -> String.join("\n", row.conditions())),
  FROM(22, row -> text(row.from())),
  UNTIL(22, row -> text(row.until())),
  LAST_CHANGED_BY(22, row -> row.changed().by()),
  LAST_CHANGED_AT(26, row -> text(row.changed().at())),
  REVISION(10, row -> Long.toString(row.changed().revision()));

  private static final Set<GrantColumn> OF_PRINCIPALS =
      EnumSet.of(ISSUER, KIND, PRINCIPAL, HELD_BY);

  private final int width;
  private final String header = name().toLowerCase(Locale.ROOT);
  private final Function<GrantRow, String> text;

  GrantColumn(int width, Function<GrantRow, String> text) {
    this.width = width;
    this.text = text;
  }

  @Override
  public String header() {
    return header;
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public String text(GrantRow row) {
    return text.apply(row);
  }

  @Override
  public @Nullable Object part(GrantRow row) {
    return switch (this) {
      case VIA -> row.via();
      case PERMISSIONS -> row.permissions();
      case LAST_CHANGED_BY, LAST_CHANGED_AT, REVISION -> row.changed();
      case ROLE -> row.roles();
      case ISSUER, KIND, PRINCIPAL -> row.principal().map(GrantRow.Principal::holder).orElse(null);
      case HELD_BY -> row.principal().orElse(null);
      case API, STAGE, METHOD, ROUTE, EFFECT, CONDITIONS, FROM, UNTIL -> null;
    };
  }

  @Override
  public boolean isNumber() {
    return this == REVISION;
  }

  /** {@code via}, {@code held_by}, {@code permissions} and {@code conditions} are lists. */
  @Override
  public void json(JsonGenerator json, GrantRow row) throws IOException {
    switch (this) {
      case VIA -> {
        json.writeStartArray();
        for (List<RoleName> path : row.via()) {
          texts(json, path.stream().map(RoleName::value).toList());
        }
        json.writeEndArray();
      }
      case PERMISSIONS -> texts(json, row.permissions().stream().map(PermissionId::value).toList());
      case CONDITIONS -> texts(json, row.conditions());
      case HELD_BY ->
          texts(json, row.principal().map(GrantRow.Principal::heldBy).orElse(List.of()));
      case API,
          STAGE,
          METHOD,
          ROUTE,
          ISSUER,
          KIND,
          PRINCIPAL,
          ROLE,
          EFFECT,
          FROM,
          UNTIL,
          LAST_CHANGED_BY,
          LAST_CHANGED_AT,
          REVISION ->
          Column.super.json(json, row);
    }
  }

  private static void texts(JsonGenerator json, List<String> texts) throws IOException {
    json.writeStartArray();
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }

  /** The columns of a report. */
  static List<GrantColumn> of(GrantFilter.By by) {
    return Arrays.stream(values())
        .filter(it -> by == GrantFilter.By.PRINCIPAL || !OF_PRINCIPALS.contains(it))
        .toList();
  }

  static TableOf<GrantRow> table(GrantFilter.By by) {
    return new TableOf<>(
        "Grants", of(by), row -> row.whose() + " on `" + row.method() + " " + row.route() + "`");
  }

  static List<String> texts(GrantRow row) {
    GrantFilter.By by =
        row.principal().isPresent() ? GrantFilter.By.PRINCIPAL : GrantFilter.By.ROLE;
    return of(by).stream().map(it -> it.text(row)).toList();
  }

  private static String holder(GrantRow row, Function<Assignment.Holder, String> part) {
    return row.principal().map(GrantRow.Principal::holder).map(part).orElse("");
  }

  private static String path(List<RoleName> path) {
    return path.stream().map(RoleName::value).collect(Collectors.joining(" > "));
  }

  private static String text(Optional<Instant> instant) {
    return instant.map(Instant::toString).orElse("");
  }
}
