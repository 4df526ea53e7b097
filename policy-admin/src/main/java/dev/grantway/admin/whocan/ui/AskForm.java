package dev.grantway.admin.whocan.ui;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.policy.Assignment;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** One question's fields; each has the name of its parameter in the URL. */
final class AskForm extends Div {
  static final String ROUTE = "route";
  static final String ROLE = "role";
  static final String WITH = "with";
  static final String KIND = "kind";
  static final String ISSUER = "issuer";
  static final String WHO = "who";
  static final String AT = "at";

  /** Gives what may be chosen for a text that was typed. */
  @FunctionalInterface
  interface Choices {
    Stream<String> holding(String text);
  }

  private final Map<String, AbstractField<?, String>> fields = new LinkedHashMap<>();
  private final TextField at = new TextField(Words.word("whocan.at"));

  /**
   * @param asks is told when the button or Enter is pressed, or something was chosen
   */
  AskForm(Ask ask, Choices routes, Choices roles, Runnable asks) {
    addClassNames("panel", "ask-form");
    Html.named(this, "ask-form");
    Div row = Html.div("form-row");
    switch (ask) {
      case ROUTE -> row.add(choice(ROUTE, routes, asks));
      case ROLE -> row.add(choice(ROLE, roles, asks), choice(WITH, roles, asks));
      case SOMEBODY -> row.add(kind(), text(ISSUER), text(WHO));
    }
    at.setHelperText(Words.word("whocan.at.help"));
    row.add(named(AT, at));
    var button = Html.named(new Button(Words.word("whocan.ask"), click -> asks.run()), "ask");
    button.addThemeVariants(ButtonVariant.PRIMARY);
    button.addClickShortcut(Key.ENTER).listenOn(row);
    add(row, Html.div("acts", button));
  }

  private ComboBox<String> choice(String name, Choices choices, Runnable asks) {
    var field = new ComboBox<String>(Words.word("whocan." + name));
    field.setHelperText(Words.word("whocan." + name + ".help"));
    field.setClearButtonVisible(true);
    field.setItems(
        query ->
            choices
                .holding(query.getFilter().orElse("").strip().toLowerCase(Locale.ROOT))
                .skip(query.getOffset())
                .limit(query.getLimit()));
    field.setAllowCustomValue(true);
    field.addCustomValueSetListener(
        typed -> {
          field.setValue(typed.getDetail().strip());
          asks.run();
        });
    field.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            asks.run();
          }
        });
    return named(name, field);
  }

  private Select<String> kind() {
    var field = new Select<String>();
    field.setLabel(Words.word("whocan.kind"));
    field.setItems(Arrays.stream(Assignment.Kind.values()).map(AskForm::word).toList());
    field.setItemLabelGenerator(it -> Words.word("whocan.kind." + it));
    field.setValue(word(Assignment.Kind.SUBJECT));
    return named(KIND, field);
  }

  static String word(Assignment.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private TextField text(String name) {
    var field = new TextField(Words.word("whocan." + name));
    field.setHelperText(Words.word("whocan." + name + ".help"));
    return named(name, field);
  }

  private <C extends AbstractField<C, String>> C named(String name, C field) {
    fields.put(name, field);
    return Html.named(field, "ask-" + name);
  }

  /** Puts in what a link holds. */
  void fill(Function<String, String> parameters) {
    fields.forEach(
        (name, field) -> {
          String value = parameters.apply(name);
          if (!value.isEmpty()) {
            field.setValue(value);
          }
        });
  }

  /** What is in the fields that are not empty, by name. */
  Map<String, String> values() {
    var values = new LinkedHashMap<String, String>();
    fields.forEach(
        (name, field) -> {
          String value = field.getValue();
          if (value != null && !value.isBlank()) {
            values.put(name, value.strip());
          }
        });
    return values;
  }

  /** Says at the field of the time why it is none; empty: it is one. */
  void refuseTime(String why) {
    at.setInvalid(!why.isEmpty());
    at.setErrorMessage(why);
  }
}
