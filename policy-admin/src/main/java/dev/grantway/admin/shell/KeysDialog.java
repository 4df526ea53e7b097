package dev.grantway.admin.shell;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.checkbox.Checkbox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import java.util.Arrays;
import java.util.Map;

/** Which keys do what, and whether single letters do anything. */
final class KeysDialog extends Dialog {
  private final Div list = Html.div("keys");
  private final Checkbox letters = new Checkbox(Words.word("keys.letters"));

  KeysDialog() {
    setHeaderTitle(Words.word("keys.title"));
    Html.named(letters, "keys-letters");
    letters.setHelperText(Words.word("keys.letters.help"));
    letters.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            getElement().executeJs("window.grantwayKeys.set($0)", change.getValue());
          }
        });
    add(list, letters);
  }

  /**
   * Opens it once the browser has said whether letters are on, so that the box never shows what is
   * not so.
   *
   * @param views the letter of each, with its name
   */
  void open(Map<String, String> views) {
    list.removeAll();
    line("keys.palette", "Ctrl K");
    line("keys.undo", "Ctrl Z");
    line("keys.redo", "Ctrl Y");
    line("keys.filter", "/");
    line("keys.help", "?");
    line("keys.keep", "K");
    line("keys.revoke", "R");
    line("keys.undone", "U");
    views.forEach((letter, name) -> list.add(key("G " + letter), new Span(name)));
    UI.getCurrent()
        .getPage()
        .executeJs("return window.grantwayKeys ? window.grantwayKeys.get() : true")
        .then(
            Boolean.class,
            on -> {
              letters.setValue(on);
              open();
            });
  }

  private void line(String key, String keys) {
    list.add(key(keys), new Span(Words.word(key)));
  }

  private static Div key(String keys) {
    Div all = Html.div("key");
    Arrays.stream(keys.split(" ")).forEach(it -> all.add(Html.span("kbd", it)));
    return all;
  }
}
