package dev.grantway.admin;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.dom.Element;
import java.util.ArrayList;
import java.util.List;

/** Every text that a page shows or says, its dialogs and its title in the browser's tab too. */
final class Texts {
  private static final List<String> SAID = List.of("aria-label", "title");
  private static final List<String> SHOWN =
      List.of(
          "label",
          "helperText",
          "placeholder",
          "errorMessage",
          "accessibleName",
          "headerTitle",
          "header",
          "message",
          "confirmText",
          "cancelText",
          "text");
  private final List<String> found = new ArrayList<>();

  private Texts() {}

  static List<String> shown() {
    var texts = new Texts();
    UI ui = UI.getCurrent();
    texts.read(ui.getInternals().getActiveRouterTargetsChain().getLast().getElement());
    // Dialogs and notifications.
    texts.read(ui.getElement());
    texts.add(UI.getCurrent().getInternals().getTitle());
    return texts.found;
  }

  private void read(Element element) {
    if (element.isTextNode()) {
      add(element.getText());
      return;
    }
    // A document or a command, byte for byte, in no language.
    if (element.getTag().equals("pre")) {
      return;
    }
    SAID.forEach(name -> add(element.getAttribute(name)));
    SHOWN.forEach(name -> add(element.getProperty(name)));
    element.getChildren().forEach(this::read);
  }

  private void add(@org.jspecify.annotations.Nullable String text) {
    if (text != null && !text.isBlank()) {
      found.add(text.strip());
    }
  }
}
