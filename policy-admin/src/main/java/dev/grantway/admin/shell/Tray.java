package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.changes.ChangesNavigation;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.DraftSummary;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Words;
import dev.grantway.store.StoreException;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** The foot of every view: how much is staged, what it amounts to, and the way to review it. */
final class Tray extends Div {
  private final ChangesService changes;
  private final LongConsumer seen;
  private final Span count = Html.named(Html.span("count", ""), "staged-count");
  private final Span gained = Html.span("chip gained", "");
  private final Span lost = Html.span("chip lost", "");
  private final Button undo = Html.named(new Button(), "undo");
  private final Button redo = Html.named(new Button(), "redo");
  private final Button review = Html.named(new Button(), "review");
  private @Nullable Registration registration;
  private @Nullable Place place;

  /**
   * @param seen hears which revision is live whenever the page reads it
   */
  Tray(ChangesService changes, LongConsumer seen) {
    this.changes = changes;
    this.seen = seen;
    addClassName("tray");
    getElement().setAttribute("role", "region");
    Html.labelled(this, Words.word("tray.label"));
    count.getElement().setAttribute("role", "status");
    count.getElement().setAttribute("aria-live", "polite");
    step(undo, "tray.undo", changes::undo);
    step(redo, "changes.redo", changes::redo);
    review.addThemeVariants(ButtonVariant.PRIMARY);
    review.addClickListener(click -> toReview());
    add(
        count,
        gained,
        lost,
        new InForceStatus(changes),
        Html.div("grow"),
        Html.div("acts", undo, redo, review));
  }

  private static void step(Button button, String key, Runnable action) {
    button.setText(Words.word(key));
    button.addThemeVariants(ButtonVariant.TERTIARY);
    button.addClickListener(
        click -> {
          action.run();
          DraftChanged.tell();
        });
  }

  private void toReview() {
    Place at = place;
    if (at != null) {
      getUI().ifPresent(ui -> ui.navigate(ChangesNavigation.path(at)));
    }
  }

  void at(Place at) {
    place = at;
    refresh();
  }

  @Override
  protected void onAttach(AttachEvent event) {
    registration =
        ComponentUtil.addListener(event.getUI(), DraftChanged.class, changed -> refresh());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    if (registration != null) {
      registration.remove();
    }
  }

  private void refresh() {
    try {
      show(changes.summary());
    } catch (StoreException down) {
      count.setText(Words.word("tray.down"));
      gained.setVisible(false);
      lost.setVisible(false);
      undo.setVisible(false);
      redo.setVisible(false);
      review.setVisible(false);
    }
  }

  private void show(DraftSummary it) {
    seen.accept(it.draft().head());
    int staged = it.draft().count();
    count.setText(Words.word("tray.count", staged));
    chip(gained, "tray.gained", it.gained());
    chip(lost, "tray.lost", it.lost());
    undo.setVisible(it.draft().canUndo());
    redo.setVisible(it.draft().canRedo());
    review.setText(Words.word("tray.review", staged));
    review.setVisible(staged > 0);
  }

  private static void chip(Span chip, String key, long number) {
    chip.setText(Words.word(key, number));
    chip.setVisible(number > 0);
  }
}
