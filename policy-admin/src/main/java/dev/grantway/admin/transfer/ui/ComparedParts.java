package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.transfer.Compared;
import dev.grantway.admin.transfer.ImportCommand;
import dev.grantway.imports.ImportRow.Outcome;
import dev.grantway.imports.Telling;
import java.util.ArrayList;
import java.util.List;

/** What an import would do, in parts of a page. */
final class ComparedParts {
  /** As many rows of each table as people read; a shell says more. */
  static final int MOST = 200;

  private final Compared compared;
  private final Telling telling;

  ComparedParts(Compared compared) {
    this.compared = compared;
    this.telling = compared.telling();
  }

  String summary() {
    String file = compared.input().file();
    if (telling.isRefused()) {
      long errors = telling.problems().stream().filter(Telling.Problem::error).count();
      return Words.word("import.refused", file, errors);
    }
    return telling.changing() == 0
        ? Words.word("import.nothing", file)
        : Words.word(
            "import.compared",
            file,
            telling.count(Outcome.NEW),
            telling.count(Outcome.CHANGED),
            telling.count(Outcome.GONE),
            telling.count(Outcome.UNCHANGED),
            Long.toString(compared.revision()));
  }

  /** The command that says the same. */
  List<Component> command() {
    var line = new Pre(ImportCommand.of(compared));
    line.addClassNames("document", "mono");
    return List.of(
        Html.div("mute", new Span(Words.word("import.same"))), Html.named(line, "import-command"));
  }

  /** Tables of what is wrong, stands against it, would change, and is left about nothing. */
  List<Component> tables() {
    var parts = new ArrayList<Component>();
    if (!telling.problems().isEmpty()) {
      parts.add(section("import.findings", findings(), telling.problems().size()));
    }
    if (!telling.objections().isEmpty()) {
      var list = Html.div("panel");
      telling.objections().stream().limit(MOST).forEach(it -> list.add(new Div(it)));
      parts.add(section("import.objections", list, telling.objections().size()));
    }
    if (!telling.rows().isEmpty()) {
      parts.add(section("import.rows", rows(), telling.changing()));
    }
    if (!telling.orphans().isEmpty()) {
      parts.add(section("import.orphans", orphans(), telling.orphans().size()));
    }
    return parts;
  }

  private static Div section(String title, Component table, int of) {
    Div section =
        Html.named(
            Html.div("section", new H2(Words.word(title)), Html.div("panel flush", table)), title);
    if (of > MOST) {
      section.add(Html.span("mute", Words.word("import.more", of - MOST)));
    }
    return section;
  }

  private NativeTable findings() {
    NativeTable table =
        Html.table(
            Words.word("import.findings"),
            List.of(
                Words.word("import.finding.place"),
                Words.word("import.finding.kind"),
                Words.word("import.finding.message")));
    for (Telling.Problem it : telling.problems().stream().limit(MOST).toList()) {
      NativeTableRow row = table.getBody().addRow();
      Html.cell(row, "nowrap", Html.mono(it.line() + ":" + it.column()));
      Html.cell(
          row,
          "nowrap",
          Html.span(
              it.error() ? "bad-word" : "mute",
              Words.word(it.error() ? "import.error" : "import.warning")),
          new Span(" "),
          Html.mono(it.code()));
      Html.cell(row, "wide", new Span(it.message() + "; " + it.next()));
    }
    return table;
  }

  private NativeTable rows() {
    NativeTable table =
        Html.table(
            Words.word("import.rows"),
            List.of(
                Words.word("import.row.outcome"),
                Words.word("import.row.what"),
                Words.word("import.row.place"),
                Words.word("import.row.note")));
    for (Telling.Line it : telling.rows().stream().limit(MOST).toList()) {
      NativeTableRow row = table.getBody().addRow();
      Html.cell(row, "nowrap", Html.span("chip", Words.word("import.outcome." + it.outcome())));
      Html.cell(
          row,
          "wide",
          Html.span("mute", Words.word("import.thing." + it.what())),
          new Span(" "),
          Html.mono(it.name()));
      Html.cell(
          row, "nowrap", it.line() == 0 ? new Span() : Html.mono(it.line() + ":" + it.column()));
      Html.cell(row, "wide", new Span(it.note()));
    }
    return table;
  }

  private NativeTable orphans() {
    NativeTable table =
        Html.table(
            Words.word("import.orphans"),
            List.of(
                Words.word("import.thing.permission"),
                Words.word("field.role"),
                Words.word("import.row.what"),
                Words.word("import.row.note")));
    for (Telling.Lost it : telling.orphans().stream().limit(MOST).toList()) {
      NativeTableRow row = table.getBody().addRow();
      Html.cell(row, "nowrap", Html.mono(it.permission()));
      Html.cell(row, "nowrap", Html.mono(it.role()));
      Html.cell(row, "wide", Html.mono(it.resource()));
      Html.cell(
          row, "", new Span(Words.word(it.now() ? "import.orphan.now" : "import.orphan.before")));
    }
    return table;
  }
}
