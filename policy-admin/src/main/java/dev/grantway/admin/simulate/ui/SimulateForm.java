package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.AbstractField;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.HasEnabled;
import com.vaadin.flow.component.HasValidation;
import com.vaadin.flow.component.HasValue;
import com.vaadin.flow.component.Key;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.simulate.SimulationInput;
import dev.grantway.admin.simulate.SimulationInput.Field;
import dev.grantway.resource.Action;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is asked by whom; what is refused is said at its field. */
final class SimulateForm extends Div {
  private static final List<Field> CALLER =
      List.of(
          Field.ROLES,
          Field.ISSUER,
          Field.SUBJECT,
          Field.CLIENT,
          Field.GROUPS,
          Field.SCOPES,
          Field.CLAIMS);

  private final Map<Field, HasValue<?, String>> fields = new EnumMap<>(Field.class);
  private final Details more = new Details(Words.word("simulate.more"));

  /**
   * @param webSocket the API has route keys in place of methods and paths
   * @param token takes the caller from a token in place of what is typed
   * @param asks is told when the button or Enter is pressed
   */
  SimulateForm(boolean webSocket, Component token, Consumer<SimulationInput> asks) {
    addClassNames("panel", "simulate-form");
    Html.named(this, "simulate-form");
    Div first = Html.div("form-row");
    if (!webSocket) {
      first.add(method());
    }
    first.add(
        text(Field.PATH, webSocket ? "simulate.key" : "simulate.path"),
        text(Field.ROLES, "simulate.roles"),
        text(Field.AGAINST, "simulate.against"));
    Div caller =
        Html.div(
            "form-row",
            text(Field.ISSUER, "simulate.issuer"),
            text(Field.SUBJECT, "simulate.subject"),
            text(Field.CLIENT, "simulate.client"),
            text(Field.GROUPS, "simulate.groups"),
            text(Field.SCOPES, "simulate.scopes"),
            text(Field.SOURCE_IP, "simulate.ip"),
            text(Field.AT, "simulate.at"));
    Div lines =
        Html.div(
            "form-row",
            area(Field.CLAIMS, "simulate.claims"),
            area(Field.HEADERS, "simulate.headers"),
            area(Field.QUERY, "simulate.query"));
    more.add(Html.div("blocks", caller, lines));
    more.setWidthFull();
    Html.named(more, "simulate-more");
    var ask =
        Html.named(new Button(Words.word("simulate.ask"), click -> asks.accept(input())), "ask");
    ask.addThemeVariants(ButtonVariant.PRIMARY);
    ask.addClickShortcut(Key.ENTER).listenOn(first);
    add(first, more, token, Html.div("acts", ask));
  }

  /** While a token says who calls, nobody can be typed in. */
  void callerIsTyped(boolean typed) {
    for (Field field : CALLER) {
      if (fields.get(field) instanceof HasEnabled part) {
        part.setEnabled(typed);
      }
    }
  }

  private ComboBox<String> method() {
    var method = new ComboBox<String>(Words.word("simulate.method"));
    method.setItems(Action.VERBS.stream().map(Action::name).sorted().toList());
    return named(Field.METHOD, method);
  }

  private TextField text(Field name, String label) {
    var field = new TextField(Words.word(label));
    field.setHelperText(Words.word(label + ".help"));
    return named(name, field);
  }

  private TextArea area(Field name, String label) {
    var area = new TextArea(Words.word(label));
    area.setMinRows(2);
    area.setHelperText(Words.word(label + ".help"));
    return named(name, area);
  }

  private <C extends AbstractField<C, String>> C named(Field name, C field) {
    fields.put(name, field);
    return Html.named(field, "simulate-" + name.name().toLowerCase(Locale.ROOT));
  }

  /** Puts values in; those of the folded part unfold it. */
  void fill(Function<Field, String> values) {
    fields.forEach(
        (name, field) -> {
          String value = values.apply(name);
          if (!value.isEmpty()) {
            field.setValue(value);
            more.setOpened(more.isOpened() || folded().contains(name));
          }
        });
  }

  private static List<Field> folded() {
    return List.of(
        Field.ISSUER,
        Field.SUBJECT,
        Field.CLIENT,
        Field.GROUPS,
        Field.SCOPES,
        Field.SOURCE_IP,
        Field.AT,
        Field.CLAIMS,
        Field.HEADERS,
        Field.QUERY);
  }

  SimulationInput input() {
    var texts = new EnumMap<Field, String>(Field.class);
    fields.forEach(
        (name, field) -> {
          String value = field.getValue();
          if (value != null) {
            texts.put(name, value);
          }
        });
    return new SimulationInput(texts);
  }

  /** Shows at each field what cannot be read of it, and takes away what was said before. */
  void refuse(Map<Field, Sentence> problems) {
    fields.forEach(
        (name, field) -> {
          var validated = (HasValidation) field;
          Sentence why = problems.get(name);
          validated.setInvalid(why != null);
          validated.setErrorMessage(why == null ? "" : Words.all(List.of(why)));
          more.setOpened(more.isOpened() || why != null && folded().contains(name));
        });
    fields.entrySet().stream()
        .filter(entry -> problems.containsKey(entry.getKey()))
        .findFirst()
        .map(entry -> (Component) entry.getValue())
        .ifPresent(first -> first.getElement().callJsFunction("focus"));
  }
}
