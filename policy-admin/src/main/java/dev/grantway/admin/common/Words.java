package dev.grantway.admin.common;

import com.vaadin.flow.component.UI;
import java.util.Locale;

/** Text in the language of the operator whose view is being built. */
public final class Words {
  private Words() {}

  public static String word(String key, Object... values) {
    UI ui = UI.getCurrent();
    return Messages.text(key, ui == null ? Locale.ENGLISH : ui.getLocale(), values);
  }
}
