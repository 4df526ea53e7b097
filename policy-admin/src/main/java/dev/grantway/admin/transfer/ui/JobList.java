package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Polling;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.transfer.ExportJob;
import dev.grantway.admin.transfer.ExportService;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Exports that are under way, and how those ended that were. */
final class JobList extends Div {
  private final ExportService exports;
  private final Consumer<ExportJob> ended;
  private final Map<String, Line> lines = new HashMap<>();
  private final Div list = new Div();
  private @Nullable Registration registration;

  /**
   * A list.
   *
   * @param ended hears of one that has ended and was under way
   */
  JobList(ExportService exports, Consumer<ExportJob> ended) {
    this.exports = exports;
    this.ended = ended;
    addClassName("section");
    Html.named(this, "export-jobs");
    list.getElement().setAttribute("role", "status");
    add(new H2(Words.word("transfer.jobs")), Html.div("panel", list));
  }

  /** One export; it keeps its place, so that its button keeps the focus. */
  private final class Line extends Div {
    private final Span text = new Span();
    private final ProgressBar bar = new ProgressBar();
    private final Button cancel = new Button(Words.word("transfer.cancel"));
    private boolean running = true;

    Line(ExportJob job) {
      addClassName("said-line");
      Html.named(this, "export-job " + job.order().file());
      Html.labelled(bar, Words.word("transfer.bar"));
      cancel.addThemeVariants(ButtonVariant.TERTIARY);
      Html.labelled(cancel, Words.word("transfer.cancel.of", job.order().file()));
      cancel.addClickListener(
          click -> {
            exports.cancel(job.id());
            look();
          });
      Html.named(cancel, "export-cancel");
      add(Html.mono(job.order().file()), text, bar, cancel);
    }

    /** Whether it has just ended. */
    boolean show(ExportJob job) {
      String words =
          Words.word(
              "transfer.job." + job.state(),
              job.rows(),
              job.order().rows().orElse(0),
              job.operator());
      String said =
          job.failed().map(it -> words + " · " + Words.all(List.of(it.why()))).orElse(words);
      if (!said.equals(text.getText())) {
        text.setText(said);
      }
      bar.setValue(job.part());
      bar.setVisible(job.isRunning());
      cancel.setVisible(job.isRunning());
      boolean hasEnded = running && !job.isRunning();
      running = job.isRunning();
      return hasEnded;
    }
  }

  /** Shows how far they are. */
  void look() {
    List<ExportJob> jobs = exports.jobs();
    var justEnded = new ArrayList<ExportJob>();
    for (ExportJob job : jobs.reversed()) {
      Line line = lines.get(job.id());
      if (line == null) {
        line = new Line(job);
        lines.put(job.id(), line);
        list.addComponentAsFirst(line);
      }
      if (line.show(job)) {
        justEnded.add(job);
      }
      if (job.state() == ExportJob.State.COUNTED) {
        // That is said where it was asked for.
        line.removeFromParent();
      }
    }
    setVisible(list.getComponentCount() > 0);
    justEnded.forEach(ended);
    boolean waits = jobs.stream().anyMatch(ExportJob::isRunning);
    getUI().ifPresent(ui -> Polling.of(ui, this, waits));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    registration = ui.addPollListener(poll -> look());
    look();
  }

  @Override
  protected void onDetach(DetachEvent event) {
    Polling.of(event.getUI(), this, false);
    if (registration != null) {
      registration.remove();
    }
  }
}
