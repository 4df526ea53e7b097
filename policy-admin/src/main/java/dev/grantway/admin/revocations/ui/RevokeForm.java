package dev.grantway.admin.revocations.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.InstantField;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.revocations.RevocationInput;
import dev.grantway.admin.revocations.RevocationInput.Field;
import dev.grantway.admin.revocations.RevocationInput.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is to be refused, for how long and why; nothing is revoked before a further question. */
final class RevokeForm extends Div {
  private final Select<Kind> kind = new Select<>();
  private final TextField value = new TextField();
  private final ComboBox<String> issuer = new ComboBox<>(Words.word("field.issuer"));
  private final InstantField until = new InstantField(Words.word("field.until"));
  private final TextField reason = new TextField(Words.word("revocation.reason"));

  /**
   * @param issuers aliases to choose from; others can be typed
   * @param asks is told when the button is pressed
   */
  RevokeForm(List<String> issuers, Consumer<RevocationInput> asks) {
    addClassNames("panel", "revoke-form");
    Html.named(this, "revoke-form");
    kind.setLabel(Words.word("revocation.kind"));
    kind.setItems(Kind.values());
    kind.setItemLabelGenerator(it -> Words.word("revocation." + it));
    kind.addValueChangeListener(change -> label(change.getValue()));
    Html.named(kind, "revoke-kind");
    kind.setValue(Kind.SUBJECT);
    value.setRequiredIndicatorVisible(true);
    Html.named(value, "revoke-value");
    issuer.setItems(issuers);
    issuer.setAllowCustomValue(true);
    issuer.addCustomValueSetListener(typed -> issuer.setValue(typed.getDetail()));
    issuer.setHelperText(Words.word("assignment.issuer.help"));
    issuer.setRequiredIndicatorVisible(true);
    Html.named(issuer, "revoke-issuer");
    until.setHelperText(Words.word("revocation.until.help"));
    Html.named(until, "revoke-until");
    reason.setRequiredIndicatorVisible(true);
    reason.setHelperText(Words.word("revocation.reason.help"));
    Html.named(reason, "revoke-reason");
    var revoke =
        Html.named(
            new Button(Words.word("revocation.revoke"), click -> asks.accept(input())), "revoke");
    revoke.addThemeVariants(ButtonVariant.PRIMARY, ButtonVariant.ERROR);
    add(
        Html.div("form-row", kind, value, issuer, until),
        Html.div("form-row one", reason),
        Html.div("acts", revoke));
  }

  private void label(Kind chosen) {
    value.setLabel(Words.word("revocation.value." + chosen));
    kind.setHelperText(Words.word("revocation.help." + chosen));
  }

  private RevocationInput input() {
    return new RevocationInput(
        kind.getValue(),
        Optional.ofNullable(issuer.getValue()).orElse(""),
        value.getValue(),
        until.getValue(),
        reason.getValue());
  }

  /** Shows at each field what is wrong with it, and takes away what was said before. */
  void refuse(Map<Field, List<Sentence>> why) {
    Problems.show(value, why.get(Field.VALUE));
    Problems.show(issuer, why.get(Field.ISSUER));
    Problems.show(until, why.get(Field.UNTIL));
    Problems.show(reason, why.get(Field.REASON));
  }

  /** Empties what was about the one that is revoked now. */
  void clear() {
    value.clear();
    until.clear();
    reason.clear();
    refuse(Map.of());
  }
}
