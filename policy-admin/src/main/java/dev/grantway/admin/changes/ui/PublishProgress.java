package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.progressbar.ProgressBar;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.changes.UnderWay;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Polling;
import dev.grantway.admin.common.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** How far the publish of a draft has come; says so until it has ended, and asks no table. */
final class PublishProgress extends Div {
  private final Supplier<Optional<UnderWay>> state;
  private final Runnable ended;
  private final ProgressBar bar = Html.named(new ProgressBar(), "publish-bar");
  private final Span line = Html.named(new Span(), "publish-line");
  private final H2 title = new H2();
  private final List<Registration> registrations = new ArrayList<>();

  /**
   * @param state of the publish; none once it has ended
   * @param ended is run once then
   */
  PublishProgress(Supplier<Optional<UnderWay>> state, Runnable ended) {
    this.state = state;
    this.ended = ended;
    addClassNames("panel", "publish");
    Html.named(this, "publish-progress");
    line.getElement().setAttribute("role", "status");
    bar.getElement().setAttribute("aria-label", Words.word("progress.bar"));
    add(title, bar, line);
    state.get().ifPresent(this::show);
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Polling.of(ui, this, true);
    registrations.add(ui.addPollListener(poll -> look()));
  }

  @Override
  protected void onDetach(DetachEvent event) {
    stop(event.getUI());
  }

  private void stop(UI ui) {
    registrations.forEach(Registration::remove);
    registrations.clear();
    Polling.of(ui, this, false);
  }

  private void look() {
    Optional<UnderWay> now = state.get();
    if (now.isPresent()) {
      show(now.get());
    } else {
      getUI().ifPresent(this::stop);
      ended.run();
    }
  }

  private void show(UnderWay now) {
    title.setText(Words.word("progress.title", now.operator(), now.changes()));
    bar.setIndeterminate(now.total() <= 0);
    if (now.total() > 0) {
      bar.setValue(now.part());
    }
    String text = Words.word("progress." + now.step(), now.done(), now.total());
    if (!text.equals(line.getText())) {
      line.setText(text);
    }
  }
}
