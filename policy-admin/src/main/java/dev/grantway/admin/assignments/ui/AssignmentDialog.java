package dev.grantway.admin.assignments.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.textfield.TextField;
import com.vaadin.flow.data.value.ValueChangeMode;
import dev.grantway.admin.assignments.AssignmentInput;
import dev.grantway.admin.assignments.AssignmentInput.Field;
import dev.grantway.admin.assignments.AssignmentService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.InstantField;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Gives a role to somebody, or changes who has it until when. */
final class AssignmentDialog extends Dialog {
  private final AssignmentService assignments;
  private final @Nullable Assignment edited;
  private final Runnable saved;
  private final RadioButtonGroup<Assignment.Kind> kind =
      new RadioButtonGroup<>(Words.word("assignment.kind"));
  private final TextField value = new TextField();
  private final ComboBox<String> issuer = new ComboBox<>(Words.word("field.issuer"));
  private final ComboBox<String> role = new ComboBox<>(Words.word("field.role"));
  private final InstantField until = new InstantField(Words.word("field.until"));
  private final Div problem = Html.div("problem");

  /**
   * @param issuers aliases to choose from; others can be typed
   */
  AssignmentDialog(
      AssignmentService assignments,
      List<RoleName> roles,
      List<String> issuers,
      @Nullable Assignment edited,
      Runnable saved) {
    this.assignments = assignments;
    this.edited = edited;
    this.saved = saved;
    setHeaderTitle(Words.word(edited == null ? "assignment.new.title" : "assignment.edit.title"));
    build(roles, issuers);
    fill();
    problem.getElement().setAttribute("role", "alert");
    add(Html.div("form", role, kind, Html.div("two", value, issuer), until, problem));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var save = Html.named(new Button(Words.word("stage"), click -> save()), "save-assignment");
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, save);
  }

  private void build(List<RoleName> roles, List<String> issuers) {
    Html.named(role, "assignment-role");
    role.setItems(roles.stream().map(RoleName::value).toList());
    role.setRequiredIndicatorVisible(true);
    Html.named(kind, "assignment-kind");
    kind.setItems(Assignment.Kind.values());
    kind.setItemLabelGenerator(
        it -> Words.word("field." + it.name().toLowerCase(java.util.Locale.ROOT)));
    kind.addValueChangeListener(change -> label(change.getValue()));
    Html.named(value, "assignment-value");
    value.setRequiredIndicatorVisible(true);
    Html.named(issuer, "assignment-issuer");
    issuer.setItems(issuers);
    issuer.setAllowCustomValue(true);
    issuer.addCustomValueSetListener(typed -> issuer.setValue(typed.getDetail()));
    issuer.setHelperText(Words.word("assignment.issuer.help"));
    issuer.setRequiredIndicatorVisible(true);
    Html.named(until, "assignment-until");
    until.setHelperText(Words.word("assignment.until.help"));
    until.setValueChangeMode(ValueChangeMode.LAZY);
  }

  private void label(Assignment.Kind chosen) {
    String name = chosen.name().toLowerCase(java.util.Locale.ROOT);
    value.setLabel(Words.word("field." + name));
    value.setHelperText(Words.word("assignment.help." + name));
  }

  private void fill() {
    Assignment it = edited;
    kind.setValue(it == null ? Assignment.Kind.SUBJECT : it.kind());
    if (it != null) {
      role.setValue(it.role().value());
      value.setValue(it.value());
      issuer.setValue(it.issuer());
      until.setValue(it.until().map(Object::toString).orElse(""));
    }
  }

  private void save() {
    var input =
        new AssignmentInput(
            kind.getValue(),
            Optional.ofNullable(issuer.getValue()).orElse(""),
            value.getValue(),
            Optional.ofNullable(role.getValue()).orElse(""),
            until.getValue());
    switch (assignments.save(Optional.ofNullable(edited), input)) {
      case Saved.Staged<Field> _ -> {
        close();
        saved.run();
      }
      case Saved.Refused<Field>(var why) -> refuse(why);
    }
  }

  private void refuse(Map<Field, List<Sentence>> why) {
    Problems.show(issuer, why.get(Field.ISSUER));
    Problems.show(value, why.get(Field.VALUE));
    Problems.show(role, why.get(Field.ROLE));
    Problems.show(until, why.get(Field.UNTIL));
    problem.setText(Words.all(why.getOrDefault(Field.FORM, List.of())));
  }
}
