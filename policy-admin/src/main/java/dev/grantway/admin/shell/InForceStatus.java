package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.changes.ChangesService;
import dev.grantway.admin.changes.InForce;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Polling;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Says where the live revision is on its way to the callers, and turns into "in force" by itself.
 */
public final class InForceStatus extends Span {
  private final ChangesService changes;
  private final Consumer<InForce> listener;
  private final List<Registration> registrations = new ArrayList<>();

  public InForceStatus(ChangesService changes) {
    this(changes, state -> {});
  }

  /**
   * @param listener hears every state that is shown
   */
  public InForceStatus(ChangesService changes, Consumer<InForce> listener) {
    this.changes = changes;
    this.listener = listener;
    addClassName("in-force");
    getElement().setAttribute("role", "status");
    Html.named(this, "in-force");
  }

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    registrations.add(ui.addPollListener(poll -> show(ui, changes.knownInForce())));
    registrations.add(ComponentUtil.addListener(ui, DraftChanged.class, it -> refresh(ui)));
    refresh(ui);
  }

  @Override
  protected void onDetach(DetachEvent event) {
    registrations.forEach(Registration::remove);
    registrations.clear();
    Polling.of(event.getUI(), this, false);
  }

  private void refresh(UI ui) {
    show(ui, changes.inForce());
  }

  /** A poll asks no table: while one does not answer, whatever is clicked would wait behind it. */
  private void show(UI ui, InForce state) {
    Polling.of(ui, this, !state.isSettled());
    String open = connections(state);
    String text = text(state) + (state.isSettled() || open.isEmpty() ? "" : " · " + open);
    if (!text.equals(getText())) {
      setText(text);
    }
    setTitle(open);
    getElement().setAttribute("data-phase", state.phase().name());
    getElement().setAttribute("data-revision", Long.toString(state.revision()));
    listener.accept(state);
  }

  private static String connections(InForce it) {
    return it.connections().isEmpty()
        ? ""
        : Words.word("inforce.connections", String.join(", ", it.connections()));
  }

  private static String text(InForce it) {
    String revision = Long.toString(it.revision());
    String published = Times.clock(it.publishedAt());
    return switch (it.phase()) {
      case UNKNOWN -> Words.word("inforce.unknown");
      case SPREADING -> Words.word("inforce.spreading", revision, published, Times.clock(it.by()));
      case LAGGING -> Words.word("inforce.lagging", revision, published, Times.clock(it.by()));
      case EXPIRING -> Words.word("inforce.expiring", revision, published, Times.clock(it.by()));
      case IN_FORCE -> Words.word("inforce.done", revision, Times.clock(it.since()));
    };
  }
}
