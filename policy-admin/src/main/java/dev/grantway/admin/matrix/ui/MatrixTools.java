package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.select.Select;
import dev.grantway.admin.common.FilterField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.Matrix;
import dev.grantway.admin.matrix.MatrixFilter;
import dev.grantway.admin.matrix.MatrixService;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** The filter, its chips, and which roles are pinned. */
final class MatrixTools extends Div {
  private static final MatrixFilter.Token STAGED =
      new MatrixFilter.Token(MatrixFilter.Key.STATE, "staged");
  private static final Map<String, MatrixFilter.Token> CHIPS = chips();

  /** After so long without a key it is looked for. */
  private static final int TYPING_MILLIS = 100;

  private final FilterField filter;
  private final MultiSelectComboBox<String> picker = new MultiSelectComboBox<>();
  private final Select<String> one = new Select<>();
  private final Map<MatrixFilter.Token, NativeButton> chips = new LinkedHashMap<>();
  private final Consumer<MatrixFilter> filtered;
  private List<String> known = List.of();

  MatrixTools(
      Consumer<MatrixFilter> filtered, Consumer<List<RoleName>> pinned, Consumer<RoleName> chosen) {
    this.filtered = filtered;
    addClassName("matrix-tools");
    filter =
        new FilterField(
            "matrix-filter",
            Words.word("matrix.filter"),
            Words.word("matrix.filter.help"),
            typed -> filtered.accept(MatrixFilter.parse(typed)));
    filter.setValueChangeTimeout(TYPING_MILLIS);
    filter.addClassName("q");
    buildPicker(pinned);
    buildOne(chosen);
    Div group = Html.div("chips");
    group.getElement().setAttribute("role", "group");
    Html.labelled(group, Words.word("matrix.chips"));
    CHIPS.forEach((name, token) -> group.add(chip(name, token)));
    add(filter, group, picker, one);
  }

  private static Map<String, MatrixFilter.Token> chips() {
    var all = new LinkedHashMap<String, MatrixFilter.Token>();
    for (String state : List.of("direct", "inherited", "denied", "staged")) {
      all.put(state, new MatrixFilter.Token(MatrixFilter.Key.STATE, state));
    }
    all.put("differences", new MatrixFilter.Token(MatrixFilter.Key.ONLY, "differences"));
    return Collections.unmodifiableMap(all);
  }

  private void buildPicker(Consumer<List<RoleName>> pinned) {
    picker.setAriaLabel(Words.word("matrix.roles"));
    picker.setPlaceholder(Words.word("matrix.roles"));
    picker.addClassName("pinned");
    Html.named(picker, "matrix-roles");
    picker.addValueChangeListener(
        change -> {
          if (change.isFromClient()) {
            pin(change.getValue(), pinned);
          }
        });
  }

  private void pin(Set<String> names, Consumer<List<RoleName>> pinned) {
    boolean tooMany = names.size() > MatrixService.MOST_ROLES;
    picker.setInvalid(tooMany);
    picker.setErrorMessage(
        tooMany ? Words.word("matrix.roles.many", MatrixService.MOST_ROLES) : "");
    if (!tooMany) {
      pinned.accept(names.stream().sorted().map(RoleName::new).toList());
    }
  }

  private void buildOne(Consumer<RoleName> chosen) {
    one.setAriaLabel(Words.word("matrix.role"));
    Html.named(one, "matrix-role");
    one.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            chosen.accept(new RoleName(change.getValue()));
          }
        });
  }

  private NativeButton chip(String name, MatrixFilter.Token token) {
    var chip = new NativeButton(Words.word("matrix.chip." + name));
    chip.addClassName("chip");
    chip.addClickListener(
        click -> filtered.accept(MatrixFilter.parse(filter.getValue()).toggled(token)));
    chips.put(token, chip);
    return Html.named(chip, "chip-" + name);
  }

  /** On a narrow screen one role is chosen from all of them, and otherwise several are pinned. */
  void show(Matrix matrix, MatrixFilter shown, List<RoleName> columns, boolean narrow) {
    if (!MatrixFilter.parse(filter.getValue()).equals(shown)) {
      filter.setValue(shown.text());
    }
    chips.forEach(
        (token, chip) ->
            chip.getElement().setAttribute("aria-pressed", Boolean.toString(shown.has(token))));
    staged(matrix);
    picker.setVisible(!narrow);
    one.setVisible(narrow);
    List<String> names = matrix.known().stream().map(RoleName::value).toList();
    if (!names.equals(known)) {
      one.setItems(names);
      picker.setItems(names);
    }
    if (narrow) {
      columns.stream()
          .findFirst()
          .map(RoleName::value)
          .filter(names::contains)
          .ifPresent(one::setValue);
    } else {
      Set<String> pins = matrix.roles().stream().map(RoleName::value).collect(Collectors.toSet());
      pins.retainAll(names);
      if (!picker.getValue().equals(pins)) {
        picker.setValue(pins);
      }
    }
    known = names;
  }

  /** How many cells the draft changes, on the chip that shows them. */
  void staged(Matrix matrix) {
    NativeButton chip = Objects.requireNonNull(chips.get(STAGED));
    int staged = matrix.staged();
    chip.setText(
        staged == 0
            ? Words.word("matrix.chip.staged")
            : Words.word("matrix.chip.staged.count", staged));
    chip.setClassName("staged", staged > 0);
  }
}
