package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.confirmdialog.ConfirmDialog;
import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import com.vaadin.flow.server.streams.DownloadResponse;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.transfer.Download;
import dev.grantway.admin.transfer.ExportService;
import dev.grantway.admin.transfer.PastExport;
import dev.grantway.report.Manifest;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The exports that are kept, with their manifests. */
final class PastExports extends Div {
  private static final int PAGE = 50;

  private final ExportService exports;
  private final Div list = Html.named(Html.div("panel flush"), "past-exports");

  PastExports(ExportService exports) {
    this.exports = exports;
    addClassName("section");
    add(new H2(Words.word("transfer.past")), list);
    show(PAGE);
  }

  void show() {
    show(PAGE);
  }

  private void show(int most) {
    list.removeAll();
    List<PastExport> past = exports.past();
    if (past.isEmpty()) {
      list.add(Html.div("empty", new Span(Words.word("transfer.past.none"))));
      return;
    }
    NativeTable table =
        Html.table(
            Words.word("transfer.past"),
            List.of(
                Words.word("transfer.past.file"),
                Words.word("transfer.past.rows"),
                Words.word("transfer.past.revision"),
                Words.word("transfer.past.filter"),
                Words.word("transfer.past.by"),
                Words.word("transfer.past.created"),
                Words.word("transfer.past.sha256"),
                Words.word("transfer.past.acts")));
    past.stream().limit(most).forEach(it -> row(table, it));
    list.add(table);
    if (past.size() > most) {
      var more = new Button(Words.word("more"), click -> show(most + PAGE));
      list.add(Html.div("more", more));
    }
  }

  private void row(NativeTable table, PastExport export) {
    Manifest it = export.manifest();
    NativeTableRow row = table.getBody().addRow();
    Html.named(row, "export " + it.file());
    Anchor manifest = link(Words.word("transfer.manifest"), () -> exports.manifest(export.id()));
    Html.labelled(manifest, Words.word("transfer.manifest.of", it.file()));
    Html.cell(
        row,
        "",
        Html.named(link(it.file(), () -> exports.file(export.id())), "export-file"),
        new Span(" "),
        Html.named(manifest, "export-manifest"));
    Html.cell(row, "nowrap", new Span(Long.toString(it.rows())));
    Html.cell(row, "nowrap", new Span(Long.toString(it.revision())));
    Html.cell(row, "", Html.span("mono mute what", asked(it)));
    Html.cell(row, "", new Span(it.by()));
    Html.cell(row, "nowrap", Html.span("mono", Times.dayAndClock(it.created())));
    Html.cell(row, "wide", Html.span("mono mute what", it.sha256()));
    var delete =
        Html.named(
            new Button(Words.word("transfer.delete"), click -> ask(export)), "export-delete");
    delete.addThemeVariants(ButtonVariant.TERTIARY);
    Html.labelled(delete, Words.word("transfer.delete.of", it.file()));
    Html.cell(row, "nowrap", delete);
  }

  private void ask(PastExport export) {
    var ask =
        new ConfirmDialog(
            Words.word("transfer.delete.title", export.manifest().file()),
            Words.word("transfer.delete.means"),
            Words.word("transfer.delete"),
            yes -> {
              exports.delete(export.id());
              show();
            });
    ask.setCancelable(true);
    ask.setCancelText(Words.word("cancel"));
    Html.named(ask, "delete-confirm").open();
  }

  private static String asked(Manifest it) {
    return it.filter().isEmpty()
        ? Words.word("transfer.past.everything")
        : it.filter().entrySet().stream()
            .map(part -> part.getKey() + " " + part.getValue())
            .collect(Collectors.joining(" · "));
  }

  /** What hands over a file when it is asked for, not before. */
  private interface Asked {
    Optional<Download> get();
  }

  private static Anchor link(String text, Asked asked) {
    DownloadHandler handler =
        DownloadHandler.fromInputStream(
            event -> {
              Optional<Download> file = asked.get();
              return file.isEmpty()
                  ? DownloadResponse.error(404)
                  : new DownloadResponse(
                      Files.newInputStream(file.get().file()),
                      file.get().name(),
                      file.get().mediaType(),
                      file.get().bytes());
            });
    return new Anchor(handler, AttachmentType.DOWNLOAD, text);
  }
}
