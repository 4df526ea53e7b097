package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.combobox.MultiSelectComboBox;
import com.vaadin.flow.component.dialog.Dialog;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Saved;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.RoleInput;
import dev.grantway.admin.roles.RoleService;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Creates or changes a role; what is refused is said at its field. */
final class RoleDialog extends Dialog {
  private final RoleService roles;
  private final @Nullable Role edited;
  private final Consumer<String> saved;
  private final TextField name = new TextField(Words.word("field.name"));
  private final TextField description = new TextField(Words.word("field.description"));
  private final TextField owner = new TextField(Words.word("field.owner"));
  private final MultiSelectComboBox<String> inherits =
      new MultiSelectComboBox<>(Words.word("field.inherits"));
  private final Div problem = Html.div("problem");

  RoleDialog(RoleService roles, @Nullable Role edited, Consumer<String> saved) {
    this.roles = roles;
    this.edited = edited;
    this.saved = saved;
    setHeaderTitle(
        edited == null ? Words.word("role.new") : Words.word("role.edit", edited.name()));
    inherits.setItems(roles.names().stream().map(RoleName::value).toList());
    inherits.setHelperText(Words.word("role.inherits.help"));
    name.setRequiredIndicatorVisible(true);
    problem.getElement().setAttribute("role", "alert");
    if (edited != null) {
      name.setValue(edited.name().value());
      description.setValue(edited.description());
      owner.setValue(edited.owner());
      inherits.setValue(
          edited.inherits().stream()
              .map(RoleName::value)
              .collect(Collectors.toCollection(TreeSet::new)));
    }
    Html.named(name, "role-name");
    Html.named(description, "role-description");
    Html.named(owner, "role-owner");
    Html.named(inherits, "role-inherits");
    add(Html.div("form", name, description, inherits, owner, problem));
    var cancel = new Button(Words.word("cancel"), click -> close());
    cancel.addThemeVariants(ButtonVariant.TERTIARY);
    var save = Html.named(new Button(Words.word("stage"), click -> save()), "save-role");
    save.addThemeVariants(ButtonVariant.PRIMARY);
    getFooter().add(cancel, save);
  }

  private void save() {
    var input =
        new RoleInput(
            name.getValue(), description.getValue(), owner.getValue(), inherits.getValue());
    Saved<RoleInput.Field> result =
        edited == null ? roles.createRole(input) : roles.changeRole(edited.name(), input);
    switch (result) {
      case Saved.Staged<RoleInput.Field>(String as) -> {
        close();
        saved.accept(as);
      }
      case Saved.Refused<RoleInput.Field>(var why) -> refuse(why);
    }
  }

  private void refuse(Map<RoleInput.Field, List<Sentence>> why) {
    Problems.show(name, why.get(RoleInput.Field.NAME));
    Problems.show(description, why.get(RoleInput.Field.DESCRIPTION));
    Problems.show(inherits, why.get(RoleInput.Field.INHERITS));
    problem.setText(Words.all(why.getOrDefault(RoleInput.Field.FORM, List.of())));
  }
}
