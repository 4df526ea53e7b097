package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.radiobutton.RadioButtonGroup;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.PermissionInput;
import dev.grantway.admin.roles.RolePage;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.policy.Effect;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Action;
import dev.grantway.resource.ApiType;
import dev.grantway.resource.Reach;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Adds or changes a permission; what is refused is said at its field. */
final class PermissionDialog extends Dialog {
  private static final int NAMED_ROUTES = 3;

  private final RoleService roles;
  private final RolePage page;
  private final @Nullable Permission edited;
  private final Consumer<String> saved;
  private final RadioButtonGroup<Effect> effect =
      new RadioButtonGroup<>(Words.word("field.effect"));
  private final ComboBox<String> resource = new ComboBox<>(Words.word("field.resource"));
  private final Div covers = Html.div("covers");
  private final CheckboxGroup<Action> methods = new CheckboxGroup<>(Words.word("field.methods"));
  private final Select<String> stage = new Select<>();
  private final TextField note = new TextField(Words.word("field.note"));
  private final TextArea condition = new TextArea(Words.word("field.condition"));
  private final TextField from = new TextField(Words.word("field.from"));
  private final TextField until = new TextField(Words.word("field.until"));
  private final TextField id = new TextField(Words.word("field.id"));
  private final Details more = new Details(Words.word("permission.more"));
  private final Div problem = Html.div("problem");

  PermissionDialog(
      RoleService roles, RolePage page, @Nullable Permission edited, Consumer<String> saved) {
    this.roles = roles;
    this.page = page;
    this.edited = edited;
    this.saved = saved;
    setHeaderTitle(
        Words.word(
            edited == null ? "permission.add.title" : "permission.edit.title",
            page.role().name(),
            edited == null ? "" : edited.id()));
    build();
    fill();
    problem.getElement().setAttribute("role", "alert");
    more.add(Html.div("form", condition, Html.div("two", from, until), id));
    add(
        Html.div(
            "form",
            effect,
            Html.div("resource", resource, covers),
            methods,
            Html.div("two", stage, note),
            more,
            problem));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var save = Html.named(new Button(Words.word("stage"), click -> save()), "save-permission");
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, save);
  }

  private void build() {
    Html.named(effect, "permission-effect");
    effect.setItems(Effect.ALLOW, Effect.DENY);
    effect.setItemLabelGenerator(
        it -> Words.word(it == Effect.ALLOW ? "effect.allow" : "effect.deny"));
    Html.named(resource, "permission-resource");
    resource.setWidthFull();
    resource.setRequiredIndicatorVisible(true);
    resource.setHelperText(Words.word("permission.resource.help"));
    resource.setAllowCustomValue(true);
    resource.setItems(suggestions());
    resource.addCustomValueSetListener(typed -> resource.setValue(typed.getDetail()));
    resource.addValueChangeListener(change -> chosen(change.getValue()));
    covers.getElement().setAttribute("role", "status");
    Html.named(covers, "permission-covers");
    Html.named(methods, "permission-methods");
    methods.setItems(Action.VERBS);
    methods.setVisible(page.api().type() != ApiType.WEBSOCKET);
    methods.addValueChangeListener(change -> showCovered());
    Html.named(stage, "permission-stage");
    stage.setLabel(Words.word("field.stage"));
    var stages = new ArrayList<String>(List.of(page.stage(), "*"));
    page.api().stages().stream().filter(it -> !stages.contains(it)).forEach(stages::add);
    if (edited != null && !stages.contains(edited.stage().text())) {
      stages.add(edited.stage().text());
    }
    stage.setItems(stages);
    stage.setItemLabelGenerator(it -> it.equals("*") ? Words.word("stage.every") : it);
    Html.named(note, "permission-note");
    Html.named(condition, "permission-condition");
    condition.setWidthFull();
    condition.setHelperText(Words.word("permission.condition.help"));
    Html.named(from, "permission-from");
    Html.named(until, "permission-until");
    from.setHelperText(Words.word("permission.instant.help"));
    Html.named(id, "permission-id");
    id.setWidthFull();
    id.setHelperText(Words.word("permission.id.help"));
  }

  private List<String> suggestions() {
    var texts = new ArrayList<String>();
    page.api().routes().routes().stream()
        .filter(route -> route.access() == Route.Access.GRANTED)
        .map(Route::toString)
        .forEach(texts::add);
    return texts;
  }

  private void fill() {
    Permission it = edited;
    if (it == null) {
      effect.setValue(Effect.ALLOW);
      stage.setValue(page.stage());
      return;
    }
    effect.setValue(it.effect());
    resource.setValue(it.resource().toString());
    methods.setValue(it.resource().routeKey() ? Set.of() : it.actions());
    stage.setValue(it.stage().text());
    note.setValue(it.note());
    condition.setValue(PermissionText.condition(it.condition()));
    from.setValue(it.validity().from().map(Object::toString).orElse(""));
    until.setValue(it.validity().until().map(Object::toString).orElse(""));
    id.setValue(it.id().value());
    id.setReadOnly(true);
    more.setOpened(!it.condition().isNone() || !it.validity().isAlways());
  }

  /** A route that is chosen sets the methods too; what is typed is a pattern. */
  private void chosen(@Nullable String text) {
    Optional<Route> route =
        page.api().routes().routes().stream().filter(it -> it.toString().equals(text)).findFirst();
    if (route.isPresent() && page.api().type() != ApiType.WEBSOCKET) {
      methods.setValue(route.get().actions());
      resource.setValue(route.get().template().toString());
      return;
    }
    showCovered();
  }

  private void showCovered() {
    String text = Optional.ofNullable(resource.getValue()).orElse("");
    covers.removeClassName("nothing");
    if (text.isBlank()) {
      covers.setText("");
      return;
    }
    try {
      List<Route> covered = covered(pattern(text));
      covers.setClassName("nothing", covered.isEmpty());
      covers.setText(text(covered));
      Problems.show(resource, null);
    } catch (IllegalArgumentException refused) {
      covers.setText("");
      Problems.show(resource, List.of(new Sentence.OfModel(String.valueOf(refused.getMessage()))));
    }
  }

  private ResourcePattern pattern(String text) {
    return page.api().type() == ApiType.WEBSOCKET
        ? ResourcePattern.parseRouteKey(text)
        : ResourcePattern.parse(text.strip());
  }

  private List<Route> covered(ResourcePattern pattern) {
    return page.api().routes().routes().stream()
        .filter(route -> Reach.of(pattern, route.template()) != Reach.NONE)
        .filter(
            route ->
                methods.getValue().isEmpty()
                    || route.actions().stream().anyMatch(methods.getValue()::contains))
        .toList();
  }

  private static String text(List<Route> covered) {
    if (covered.isEmpty()) {
      return Words.word("permission.covers.nothing");
    }
    String named =
        covered.stream().limit(NAMED_ROUTES).map(Route::toString).collect(Collectors.joining(", "));
    return Words.word(
        "permission.covers", covered.size(), named, covered.size() > NAMED_ROUTES ? " …" : "");
  }

  private void save() {
    var input =
        new PermissionInput(
            id.getValue(),
            effect.getValue().name(),
            stage.getValue(),
            new TreeSet<>(methods.getValue()),
            Optional.ofNullable(resource.getValue()).orElse(""),
            condition.getValue(),
            from.getValue(),
            until.getValue(),
            note.getValue());
    Permission it = edited;
    switch (roles.savePermission(
        page.api(),
        page.role().name(),
        it == null ? Optional.empty() : Optional.of(it.id()),
        input)) {
      case Saved.Staged<PermissionInput.Field>(String as) -> {
        close();
        saved.accept(as);
      }
      case Saved.Refused<PermissionInput.Field>(var why) -> refuse(why);
    }
  }

  private void refuse(Map<PermissionInput.Field, List<Sentence>> why) {
    Problems.show(resource, why.get(PermissionInput.Field.RESOURCE));
    Problems.show(methods, why.get(PermissionInput.Field.METHODS));
    Problems.show(condition, why.get(PermissionInput.Field.CONDITION));
    Problems.show(from, why.get(PermissionInput.Field.FROM));
    Problems.show(until, why.get(PermissionInput.Field.UNTIL));
    Problems.show(id, why.get(PermissionInput.Field.ID));
    Problems.show(note, why.get(PermissionInput.Field.NOTE));
    problem.setText(Words.all(why.getOrDefault(PermissionInput.Field.FORM, List.of())));
    boolean hidden =
        why.keySet().stream()
            .anyMatch(
                Set.of(
                        PermissionInput.Field.CONDITION,
                        PermissionInput.Field.FROM,
                        PermissionInput.Field.UNTIL,
                        PermissionInput.Field.ID)
                    ::contains);
    if (hidden) {
      more.setOpened(true);
    }
  }
}
