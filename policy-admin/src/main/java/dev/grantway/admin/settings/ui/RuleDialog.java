package dev.grantway.admin.settings.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.shared.HasValidationProperties;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.settings.RuleInput;
import dev.grantway.admin.settings.RuleInput.Field;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

/** Asks for one rule; what is refused is said at its field. */
final class RuleDialog extends Dialog {
  private final Map<Field, HasValidationProperties> fields = new EnumMap<>(Field.class);
  private final Div form = Html.div("form");
  private final Div problem = Html.div("problem");

  RuleDialog(String title) {
    setHeaderTitle(title);
    problem.getElement().setAttribute("role", "alert");
    Html.named(problem, "rule-problem");
    add(form);
  }

  /** Puts a field in, which tests and problems know by its name. */
  <C extends Component & HasValidationProperties> C field(Field name, C field) {
    fields.put(name, field);
    form.add(Html.named(field, "rule-" + name.name().toLowerCase(Locale.ROOT)));
    return field;
  }

  /** The same for what names the rule, and stays as it is once there is one. */
  <C extends Component & HasValidationProperties & HasValue<?, ?>> C key(
      Field name, C field, boolean edited) {
    field.setReadOnly(edited);
    field.setRequiredIndicatorVisible(true);
    return field(name, field);
  }

  /** Puts a part in that nothing is said at. */
  void part(Component part) {
    form.add(part);
  }

  void open(Supplier<RuleInput> input, Function<RuleInput, Saved<Field>> save, Runnable saved) {
    form.add(problem);
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var stage =
        new Button(
            Words.word("stage"),
            click -> {
              switch (save.apply(input.get())) {
                case Saved.Staged<Field> _ -> {
                  close();
                  saved.run();
                }
                case Saved.Refused<Field>(var why) -> refuse(why);
              }
            });
    stage.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, Html.named(stage, "save-rule"));
    open();
  }

  private void refuse(Map<Field, List<Sentence>> why) {
    fields.forEach((name, field) -> Problems.show(field, why.get(name)));
    problem.setText(
        Words.all(
            why.entrySet().stream()
                .filter(it -> !fields.containsKey(it.getKey()))
                .flatMap(it -> it.getValue().stream())
                .toList()));
  }
}
