package dev.grantway.admin.common;

import com.vaadin.flow.component.UI;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** Text in the language of the operator whose view is being built. */
public final class Words {
  private Words() {}

  public static String word(String key, Object... values) {
    return Messages.text(key, locale(), values);
  }

  /** Several sentences as one text. */
  public static String all(Collection<Sentence> sentences) {
    Locale locale = locale();
    return sentences.stream().map(it -> it.in(locale)).collect(Collectors.joining("; "));
  }

  private static Locale locale() {
    UI ui = UI.getCurrent();
    return ui == null ? Locale.ENGLISH : ui.getLocale();
  }
}
