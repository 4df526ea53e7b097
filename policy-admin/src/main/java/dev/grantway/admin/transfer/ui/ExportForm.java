package dev.grantway.admin.transfer.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.transfer.ExportFormat;
import dev.grantway.admin.transfer.ExportInput;
import dev.grantway.admin.transfer.ExportInput.Field;
import dev.grantway.admin.transfer.ExportKind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What is to be exported, which rows of a grant report are asked for, and as what. */
final class ExportForm extends Div {
  private final Select<String> kind = new Select<>();
  private final Select<String> format = new Select<>();
  private final ComboBox<String> api = new ComboBox<>(Words.word("transfer.api"));
  private final Div whole = Html.div("mute", new Span(Words.word("transfer.whole")));
  private final TextField stage = text("stage");
  private final TextField roles = text("roles");
  private final TextField route = text("route");
  private final TextField tags = text("tags");
  private final TextField owner = text("owner");
  private final TextField methods = text("methods");
  private final Select<String> effect = new Select<>();
  private final TextField asOf = text("as-of");

  /**
   * A form.
   *
   * @param apis names to choose from
   * @param asked is told when rows are to be counted
   * @param changed is run when something else is asked for
   */
  ExportForm(List<String> apis, Consumer<ExportInput> asked, Runnable changed) {
    addClassNames("panel", "revoke-form");
    Html.named(this, "export-form");
    kind.setLabel(Words.word("transfer.kind"));
    kind.setItems(Arrays.stream(ExportKind.values()).map(ExportKind::text).toList());
    kind.setItemLabelGenerator(it -> Words.word("transfer.kind." + it));
    Html.named(kind, "export-kind");
    format.setLabel(Words.word("transfer.format"));
    format.setItems(Arrays.stream(ExportFormat.values()).map(ExportFormat::text).toList());
    format.setItemLabelGenerator(it -> Words.word("transfer.format." + it));
    Html.named(format, "export-format");
    api.setItems(apis);
    api.setClearButtonVisible(true);
    api.setHelperText(Words.word("transfer.api.help"));
    Html.named(api, "export-api");
    effect.setLabel(Words.word("transfer.effect"));
    effect.setItems("", "allow", "deny");
    effect.setItemLabelGenerator(
        it -> Words.word(it.isEmpty() ? "transfer.effect.any" : "transfer.effect." + it));
    Html.named(effect, "export-effect");
    var count =
        Html.named(
            new Button(Words.word("transfer.count"), click -> asked.accept(input())),
            "export-count");
    count.addThemeVariants(ButtonVariant.PRIMARY);
    kind.addValueChangeListener(
        change -> {
          fit();
          changed.run();
        });
    format.addValueChangeListener(change -> changed.run());
    api.addValueChangeListener(change -> changed.run());
    effect.addValueChangeListener(change -> changed.run());
    for (TextField field : texts()) {
      field.addValueChangeListener(change -> changed.run());
    }
    add(
        new H2(Words.word("transfer.what")),
        Html.div("form-row", kind, format, api, stage, asOf),
        Html.div("form-row", roles, route),
        Html.div("form-row", tags, owner, methods, effect),
        whole,
        Html.div("acts", count));
  }

  private static TextField text(String name) {
    var field = new TextField(Words.word("transfer." + name));
    field.setHelperText(Words.word("transfer." + name + ".help"));
    return Html.named(field, "export-" + name);
  }

  private List<TextField> texts() {
    return List.of(stage, roles, route, tags, owner, methods, asOf);
  }

  private boolean isTrail() {
    return ExportKind.named(Optional.ofNullable(kind.getValue()).orElse(""))
        .flatMap(ExportKind::trail)
        .isPresent();
  }

  /** A trail is exported whole, as a table. */
  private void fit() {
    ExportKind of =
        ExportKind.named(Optional.ofNullable(kind.getValue()).orElse("")).orElse(ExportKind.GRANTS);
    String before = Optional.ofNullable(format.getValue()).orElse("");
    List<String> formats =
        Arrays.stream(ExportFormat.values()).filter(of::takes).map(ExportFormat::text).toList();
    format.setItems(formats);
    format.setValue(formats.contains(before) ? before : ExportFormat.CSV.text());
    boolean narrows = !isTrail();
    api.setVisible(narrows);
    effect.setVisible(narrows);
    for (TextField field : texts()) {
      field.setVisible(narrows);
    }
    whole.setVisible(!narrows);
  }

  void show(ExportInput input) {
    kind.setValue(input.kind());
    fit();
    format.setValue(input.format());
    if (input.api().isEmpty()) {
      api.clear();
    } else {
      api.setValue(input.api());
    }
    stage.setValue(input.stage());
    roles.setValue(input.roles());
    route.setValue(input.route());
    tags.setValue(input.tags());
    owner.setValue(input.owner());
    methods.setValue(input.methods());
    effect.setValue(input.effect());
    asOf.setValue(input.asOf());
  }

  private ExportInput input() {
    return new ExportInput(
        Optional.ofNullable(kind.getValue()).orElse(""),
        Optional.ofNullable(format.getValue()).orElse(""),
        asked(Optional.ofNullable(api.getValue()).orElse("")),
        asked(stage.getValue()),
        asked(roles.getValue()),
        asked(route.getValue()),
        asked(tags.getValue()),
        asked(owner.getValue()),
        asked(methods.getValue()),
        asked(Optional.ofNullable(effect.getValue()).orElse("")),
        asked(asOf.getValue()),
        "");
  }

  /** What is not seen is not asked. */
  private String asked(String text) {
    return isTrail() ? "" : text;
  }

  /** Shows at each field what is wrong with it, and takes away what was said before. */
  void refuse(Map<Field, List<Sentence>> why) {
    Problems.show(kind, why.get(Field.KIND));
    Problems.show(format, why.get(Field.FORMAT));
    Problems.show(api, why.get(Field.API));
    Problems.show(stage, why.get(Field.STAGE));
    Problems.show(roles, why.get(Field.ROLES));
    Problems.show(route, why.get(Field.ROUTE));
    Problems.show(tags, why.get(Field.TAGS));
    Problems.show(owner, why.get(Field.OWNER));
    Problems.show(methods, why.get(Field.METHODS));
    Problems.show(effect, why.get(Field.EFFECT));
    Problems.show(asOf, why.get(Field.AS_OF));
  }
}
