package dev.grantway.admin.common;

import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;

/** A field for an instant with a zone, which says what that is in the operator's own zone. */
public final class InstantField extends TextField {
  private String help = "";

  public InstantField(String label) {
    super(label);
    setValueChangeMode(ValueChangeMode.LAZY);
    addValueChangeListener(change -> say());
  }

  /** What is said while nothing is typed, or nothing that can be read. */
  @Override
  public void setHelperText(String text) {
    help = text;
    say();
  }

  private void say() {
    super.setHelperText(
        Instants.read(getValue())
            .map(it -> Words.word("instant.here", Times.dayAndClock(it), Times.zoneName()))
            .orElse(help));
  }
}
