package dev.grantway.admin.shell;

import com.vaadin.flow.component.ComponentUtil;
import com.vaadin.flow.component.UI;
import java.util.Optional;

/** What one view hands to the next beside the URL, since it may be personal; it is taken once. */
public final class HandOver {
  private HandOver() {}

  /** Leads to another view of the same page, which may take this. */
  public static <T> void to(String path, Class<T> type, T what) {
    UI ui = UI.getCurrent();
    ComponentUtil.setData(ui, type, what);
    ui.navigate(path);
  }

  /** What was handed over, if anything. */
  public static <T> Optional<T> take(Class<T> type) {
    UI ui = UI.getCurrent();
    Optional<T> handed = Optional.ofNullable(ComponentUtil.getData(ui, type));
    ComponentUtil.setData(ui, type, null);
    return handed;
  }
}
