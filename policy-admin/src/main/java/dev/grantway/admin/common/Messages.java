package dev.grantway.admin.common;

import com.vaadin.flow.i18n.I18NProvider;
import java.text.MessageFormat;
import java.util.List;
import java.util.Locale;
import java.util.ResourceBundle;
import org.springframework.stereotype.Component;

/**
 * All text of the app, from one bundle. The pseudo-locale {@code en-XA} wraps every text in
 * brackets, which shows what is hard-coded.
 */
@Component
public class Messages implements I18NProvider {
  public static final Locale PSEUDO = Locale.of("en", "XA");
  private static final String BUNDLE = "dev.grantway.admin.messages";

  @Override
  public List<Locale> getProvidedLocales() {
    return List.of(Locale.ENGLISH);
  }

  @Override
  public String getTranslation(String key, Locale locale, Object... values) {
    return text(key, locale, values);
  }

  /** The text under a key; a key that is not there is a defect and fails. */
  public static String text(String key, Locale locale, Object... values) {
    String pattern = ResourceBundle.getBundle(BUNDLE, Locale.ROOT).getString(key);
    String text = new MessageFormat(pattern, Locale.ENGLISH).format(values);
    return locale.equals(PSEUDO) ? "[" + text + "]" : text;
  }

  /** True where there is a text under that key. */
  public static boolean has(String key) {
    return ResourceBundle.getBundle(BUNDLE, Locale.ROOT).containsKey(key);
  }
}
