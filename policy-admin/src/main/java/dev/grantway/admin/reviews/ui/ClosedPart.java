package dev.grantway.admin.reviews.ui;

import com.vaadin.flow.component.html.Anchor;
import com.vaadin.flow.component.html.AttachmentType;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.streams.DownloadHandler;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.reviews.ClosingService;
import dev.grantway.admin.reviews.ReportFile;
import dev.grantway.review.Closed;
import dev.grantway.review.Counts;
import java.util.List;
import java.util.Optional;

/** What became of a campaign that is closed. */
final class ClosedPart extends Div {
  /**
   * A part.
   *
   * @param downloads whether whoever looks may take the report away
   */
  ClosedPart(Place place, String id, Closed it, ClosingService closing, boolean downloads) {
    addClassName("panel");
    Html.named(this, "review-closed");
    Counts counts = it.counts();
    Div facts =
        Html.div(
            "facts",
            new Span(Words.word("reviews.closed.at", Times.dayAndClock(it.at()))),
            new Span(Words.word("reviews.progress.kept", counts.kept())),
            new Span(Words.word("reviews.progress.revoked", counts.revoked())),
            new Span(Words.word("reviews.closed.changed", counts.changedSince())),
            new Span(Words.word("reviews.closed.defaulted", counts.defaulted())));
    if (!it.draft().isEmpty()) {
      facts.add(
          Html.named(
              Html.link(
                  ChangesNavigation.path(place, it.draft()),
                  "link",
                  Words.word("reviews.closed.draft")),
              "review-draft"));
    }
    add(
        new H2(Words.word("reviews.closed")),
        facts,
        Html.div(
            "facts", Html.span("note", Words.word("reviews.closed.hash")), Html.mono(it.sha256())));
    if (downloads) {
      Div files = Html.div("acts");
      for (String as : List.of(ReportFile.AS_RECORDED, "csv", "xlsx", "jsonl")) {
        files.add(Html.named(link(closing, id, as), "report " + as));
      }
      add(files);
    }
  }

  private static Anchor link(ClosingService closing, String id, String as) {
    DownloadHandler handler =
        event -> {
          Optional<ReportFile> file = closing.report(id, as);
          if (file.isEmpty()) {
            event.getResponse().setStatus(404);
            return;
          }
          try (ReportFile it = file.get()) {
            event.setFileName(it.name());
            event.setContentType(it.mediaType());
            event.setContentLength(it.bytes());
            it.to(event.getOutputStream());
          }
        };
    return new Anchor(
        handler,
        AttachmentType.DOWNLOAD,
        Words.word("reviews.download", Words.word("reviews.download." + as)));
  }
}
