package dev.grantway.admin.common;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.shared.Registration;
import org.jspecify.annotations.Nullable;

/** A part of a page that asks again, by and by, while something is still looked for. */
public abstract class Awaiting extends Div {
  private @Nullable Registration polls;

  protected abstract boolean isLooking();

  /** Asked at every poll while it is looked for, so it waits for no table. */
  protected abstract void lookAgain();

  @Override
  protected void onAttach(AttachEvent event) {
    UI ui = event.getUI();
    Polling.of(ui, this, isLooking());
    polls =
        ui.addPollListener(
            poll -> {
              if (isLooking()) {
                lookAgain();
                Polling.of(ui, this, isLooking());
              }
            });
  }

  @Override
  protected void onDetach(DetachEvent event) {
    Polling.of(event.getUI(), this, false);
    if (polls != null) {
      polls.remove();
    }
  }
}
