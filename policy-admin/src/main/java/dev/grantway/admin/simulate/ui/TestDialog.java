package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.shared.HasValidationProperties;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.simulate.TestInput;
import dev.grantway.admin.simulate.TestInput.Field;
import dev.grantway.admin.simulate.TestService;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import dev.grantway.resource.Action;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Changes what a test asks and expects; what is refused is said at its field. */
final class TestDialog extends Dialog {
  private final TestService tests;
  private final PolicyTest edited;
  private final Runnable saved;
  private final Map<Field, HasValidationProperties> fields = new EnumMap<>(Field.class);
  private final TextField name = new TextField(Words.word("simulate.test.name"));
  private final ComboBox<String> method = new ComboBox<>(Words.word("simulate.method"));
  private final TextField path = new TextField();
  private final TextField roles = new TextField(Words.word("simulate.roles"));
  private final RadioButtonGroup<Effect> expect =
      new RadioButtonGroup<>(Words.word("tests.expect"));
  private final TextField by = new TextField(Words.word("tests.by"));
  private final Div problem = Html.div("problem");

  TestDialog(TestService tests, PolicyTest edited, Runnable saved) {
    this.tests = tests;
    this.edited = edited;
    this.saved = saved;
    boolean webSocket = edited.method().equals(Action.CONNECT.name());
    setHeaderTitle(Words.word("tests.edit.title"));
    method.setItems(Action.VERBS.stream().map(Action::name).sorted().toList());
    method.setVisible(!webSocket);
    path.setLabel(Words.word(webSocket ? "simulate.key" : "simulate.path"));
    roles.setHelperText(Words.word("simulate.roles.help"));
    expect.setItems(Effect.values());
    expect.setItemLabelGenerator(it -> Words.word("effect." + it.name().toLowerCase(Locale.ROOT)));
    by.setHelperText(Words.word("tests.by.help"));
    name.setMaxLength(PolicyTest.MAX_NAME);
    problem.getElement().setAttribute("role", "alert");
    fill(webSocket);
    add(
        Html.div(
            "form",
            field(Field.NAME, name),
            Html.div("two", field(Field.METHOD, method), field(Field.PATH, path)),
            field(Field.ROLES, roles),
            Html.named(expect, "test-expect"),
            field(Field.BY, by),
            new Span(Words.word("tests.edit.rest")),
            problem));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var save = Html.named(new Button(Words.word("stage"), click -> save()), "stage-test");
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, save);
  }

  private <C extends Component & HasValidationProperties> C field(Field key, C field) {
    fields.put(key, field);
    return Html.named(field, "test-" + key.name().toLowerCase(Locale.ROOT));
  }

  private void fill(boolean webSocket) {
    name.setValue(edited.name());
    if (!webSocket) {
      method.setValue(edited.method());
    }
    path.setValue(edited.path());
    roles.setValue(String.join(", ", edited.caller().roles()));
    expect.setValue(edited.expect());
    by.setValue(
        edited.by().stream()
            .flatMap(ids -> ids.stream().map(PermissionId::value))
            .collect(Collectors.joining(", ")));
  }

  private void save() {
    var input =
        new TestInput(
            name.getValue(),
            Optional.ofNullable(method.getValue()).orElse(""),
            path.getValue(),
            roles.getValue(),
            expect.getValue(),
            by.getValue());
    switch (tests.save(edited, input)) {
      case Saved.Staged<Field> _ -> {
        close();
        saved.run();
      }
      case Saved.Refused<Field>(var why) -> refuse(why);
    }
  }

  private void refuse(Map<Field, List<Sentence>> why) {
    fields.forEach((key, field) -> Problems.show(field, why.get(key)));
    problem.setText(Words.all(why.getOrDefault(Field.FORM, List.of())));
  }
}
