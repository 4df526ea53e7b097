package dev.grantway.admin.settings.ui;

import com.vaadin.flow.component.checkbox.CheckboxGroup;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.select.Select;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.InstantField;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.settings.RuleInput;
import dev.grantway.admin.settings.RuleInput.Claim;
import dev.grantway.admin.settings.RuleInput.Field;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A form for each kind of rule.
 *
 * @param apis every API, to choose from
 * @param roles every role, to choose from
 * @param save stages what was typed
 * @param saved hears that it was
 */
record RuleForms(
    List<Api> apis, List<RoleName> roles, Function<RuleInput, Saved<Field>> save, Runnable saved) {

  void approval(Rules.@Nullable ApprovalRule edited) {
    var dialog = new RuleDialog(title("approval", edited));
    ComboBox<String> api = dialog.key(Field.API, api(), edited != null);
    var stage = new ComboBox<String>(Words.word("field.stage"));
    dialog.key(Field.STAGE, stage, edited != null);
    stage.setItemLabelGenerator(it -> it.equals("*") ? Words.word("stage.every") : it);
    api.addValueChangeListener(change -> stage.setItems(stages(change.getValue())));
    stage.setItems(stages(null));
    TextField required = dialog.field(Field.REQUIRED, text("field.required"));
    required.setHelperText(Words.word("settings.required.help"));
    if (edited != null) {
      api.setValue(name(edited.api()));
      stage.setValue(edited.stage().text());
      required.setValue(Integer.toString(edited.required()));
    } else {
      stage.setValue("*");
    }
    dialog.open(
        () -> new RuleInput.Approval(value(api), value(stage), required.getValue()), save, saved);
  }

  private String name(ApiId id) {
    return apis.stream()
        .filter(it -> it.id().equals(id))
        .map(Api::name)
        .findFirst()
        .orElse(id.value());
  }

  private List<String> stages(@Nullable String name) {
    var stages = new ArrayList<>(List.of("*"));
    apis.stream().filter(it -> it.name().equals(name)).forEach(it -> stages.addAll(it.stages()));
    return stages;
  }

  void limit(Rules.@Nullable OperatorLimit edited) {
    var dialog = new RuleDialog(title("limit", edited));
    TextField operator = dialog.key(Field.OPERATOR, text("settings.operator"), edited != null);
    operator.setHelperText(Words.word("settings.operator.help"));
    var named = new MultiSelectComboBox<String>(Words.word("settings.apis"));
    dialog.field(Field.APIS, named);
    named.setItems(apis.stream().map(Api::name).toList());
    named.setHelperText(Words.word("settings.apis.help"));
    if (edited != null) {
      operator.setValue(edited.operator());
      named.setValue(edited.apis().stream().map(this::name).collect(Collectors.toSet()));
    }
    dialog.open(() -> new RuleInput.Limit(operator.getValue(), named.getValue()), save, saved);
  }

  void waiver(Rules.@Nullable Waiver edited, String owner) {
    var dialog = new RuleDialog(title("waiver", edited));
    TextField finding = dialog.key(Field.FINDING, text("settings.finding"), edited != null);
    finding.setHelperText(Words.word("settings.finding.help"));
    TextField by = dialog.field(Field.OWNER, text("field.owner"));
    by.setHelperText(Words.word("settings.waiver.owner.help"));
    var until = dialog.field(Field.UNTIL, new InstantField(Words.word("field.until")));
    until.setHelperText(Words.word("settings.waiver.until.help"));
    TextArea reason = dialog.field(Field.REASON, new TextArea(Words.word("revocation.reason")));
    by.setValue(edited == null ? owner : edited.owner());
    if (edited != null) {
      finding.setValue(edited.finding());
      until.setValue(edited.until().toString());
      reason.setValue(edited.reason());
    }
    dialog.open(
        () ->
            new RuleInput.Waiver(
                finding.getValue(), by.getValue(), until.getValue(), reason.getValue()),
        save,
        saved);
  }

  void retention(Rules.@Nullable Retention edited) {
    var dialog = new RuleDialog(title("retention", edited));
    TextField days = dialog.field(Field.DAYS, text("settings.days"));
    days.setHelperText(Words.word("settings.days.help"));
    Optional.ofNullable(edited)
        .flatMap(Rules.Retention::days)
        .ifPresent(it -> days.setValue(it.toString()));
    dialog.open(() -> new RuleInput.Retention(days.getValue()), save, saved);
  }

  void invariant(Rules.@Nullable Invariant edited) {
    var dialog = new RuleDialog(title("invariant", edited));
    TextField name = dialog.key(Field.NAME, text("field.name"), edited != null);
    ComboBox<String> api = dialog.field(Field.API, api());
    var claim = new Select<Claim>();
    claim.setLabel(Words.word("settings.claim"));
    claim.setItems(Claim.values());
    claim.setItemLabelGenerator(it -> Words.word("settings.claim." + it));
    dialog.part(Html.named(claim, "rule-claim"));
    ComboBox<String> role = dialog.field(Field.ROLE, role());
    TextField first = dialog.field(Field.FIRST, text("field.request"));
    TextField second = dialog.field(Field.SECOND, text("settings.second"));
    CheckboxGroup<Action> methods =
        dialog.field(Field.METHODS, new CheckboxGroup<>(Words.word("field.methods")));
    methods.setItems(Action.VERBS);
    TextField resource = dialog.field(Field.RESOURCE, text("field.resource"));
    TextField except = dialog.field(Field.EXCEPT, text("settings.except"));
    except.setHelperText(Words.word("settings.except.help"));
    claim.addValueChangeListener(
        change -> {
          Claim it = change.getValue();
          role.setVisible(it != Claim.NEVER_BOTH);
          first.setVisible(it != Claim.NEVER_ROLE);
          second.setVisible(it == Claim.NEVER_BOTH);
          methods.setVisible(it == Claim.NEVER_ROLE);
          resource.setVisible(it == Claim.NEVER_ROLE);
        });
    claim.setValue(Claim.NEVER_ROLE);
    if (edited != null) {
      name.setValue(edited.name());
      api.setValue(name(edited.api()));
      except.setValue(String.join(", ", edited.except()));
      switch (edited.claim()) {
        case Rules.Invariant.Claim.NeverBoth(var one, var other) -> {
          claim.setValue(Claim.NEVER_BOTH);
          first.setValue(one);
          second.setValue(other);
        }
        case Rules.Invariant.Claim.NeverRole(var of, var actions, var pattern) -> {
          role.setValue(of.value());
          methods.setValue(actions.contains(Action.CONNECT) ? Set.of() : actions);
          resource.setValue(pattern.toString());
        }
        case Rules.Invariant.Claim.Always(var of, var request) -> {
          claim.setValue(Claim.ALWAYS);
          role.setValue(of.value());
          first.setValue(request);
        }
      }
    }
    dialog.open(
        () ->
            new RuleInput.Invariant(
                name.getValue(),
                value(api),
                claim.getValue(),
                first.getValue(),
                second.getValue(),
                value(role),
                new TreeSet<>(methods.getValue()),
                resource.getValue(),
                except.getValue()),
        save,
        saved);
  }

  private static String title(String kind, @Nullable Object edited) {
    return Words.word("settings." + kind + (edited == null ? ".new" : ".edit"));
  }

  private static TextField text(String key) {
    return new TextField(Words.word(key));
  }

  private ComboBox<String> api() {
    var api = new ComboBox<String>(Words.word("what.api"));
    api.setItems(apis.stream().map(Api::name).toList());
    return api;
  }

  private ComboBox<String> role() {
    var role = new ComboBox<String>(Words.word("field.role"));
    role.setItems(roles.stream().map(RoleName::value).toList());
    role.setAllowCustomValue(true);
    role.addCustomValueSetListener(typed -> role.setValue(typed.getDetail()));
    return role;
  }

  private static String value(ComboBox<String> box) {
    return Optional.ofNullable(box.getValue()).orElse("");
  }
}
