package dev.grantway.admin;

import com.vaadin.flow.component.UI;
import com.vaadin.flow.dom.Element;
import java.util.ArrayList;
import java.util.List;

/** Every text that a page shows or says. */
final class Texts {
  private static final List<String> SAID = List.of("aria-label", "title");
  private static final List<String> SHOWN =
      List.of("label", "helperText", "placeholder", "errorMessage");
  private final List<String> found = new ArrayList<>();

  private Texts() {}

  /** Those of the open view and the frame around it. */
  static List<String> shown() {
    var texts = new Texts();
    texts.read(UI.getCurrent().getInternals().getActiveRouterTargetsChain().getLast().getElement());
    return texts.found;
  }

  private void read(Element element) {
    if (element.isTextNode()) {
      add(element.getText());
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
