package dev.grantway.admin.common;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import java.util.function.Consumer;

/**
 * What a view shows only some of, as it is typed. It asks while somebody types and when they clear
 * it, and not when a text is put in for them; {@code /} leads to it.
 */
public final class FilterField extends TextField {

  /**
   * @param testId how tests find it
   * @param label what is filtered
   * @param help stands there while nothing is typed
   * @param filtered is told what was typed
   */
  public FilterField(String testId, String label, String help, Consumer<String> filtered) {
    setAriaLabel(label);
    setPlaceholder(help);
    setClearButtonVisible(true);
    setValueChangeMode(ValueChangeMode.LAZY);
    Html.filter(Html.named(this, testId));
    addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            filtered.accept(change.getValue());
          }
        });
  }
}
