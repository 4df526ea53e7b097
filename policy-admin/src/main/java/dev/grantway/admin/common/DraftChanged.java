package dev.grantway.admin.common;

import com.vaadin.flow.component.ComponentEvent;
import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;

/** Tells every part of the page that the draft was edited or published. */
public final class DraftChanged extends ComponentEvent<UI> {
  private DraftChanged(UI source) {
    super(source, false);
  }

  public static void tell() {
    UI ui = UI.getCurrent();
    ComponentUtil.fireEvent(ui, new DraftChanged(ui));
  }
}
