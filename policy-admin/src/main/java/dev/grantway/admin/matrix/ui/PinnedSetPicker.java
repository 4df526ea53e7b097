package dev.grantway.admin.matrix.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.select.Select;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.matrix.NamedRoles;
import dev.grantway.admin.matrix.PinnedSetService;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The operator's pinned sets: one is picked, the roles that are shown are kept as one, one is
 * deleted. A link holds the roles themselves, so that it shows the same to whoever opens it.
 */
final class PinnedSetPicker extends Div {
  private final PinnedSetService service;
  private final Consumer<List<RoleName>> picked;
  private final Select<NamedRoles> sets = new Select<>();
  private final Button delete = new Button();
  private List<NamedRoles> known = List.of();
  private List<RoleName> roles = List.of();
  private String chosen = "";

  PinnedSetPicker(PinnedSetService service, Consumer<List<RoleName>> picked) {
    this.service = service;
    this.picked = picked;
    addClassName("pinned-sets");
    sets.setAriaLabel(Words.word("matrix.sets"));
    sets.setPlaceholder(Words.word("matrix.sets"));
    sets.setItemLabelGenerator(NamedRoles::name);
    sets.addValueChangeListener(
        change -> {
          if (change.isFromClient() && change.getValue() != null) {
            chosen = change.getValue().name();
            picked.accept(change.getValue().roles());
          }
        });
    var save = new Button(Words.word("matrix.sets.save"), click -> save());
    save.addThemeVariants(ButtonVariant.TERTIARY);
    delete.setText(Words.word("matrix.sets.delete"));
    delete.addThemeVariants(ButtonVariant.TERTIARY);
    delete.addClickListener(click -> shown().ifPresent(this::delete));
    add(
        Html.named(sets, "pinned-sets"),
        Html.named(save, "keep-roles"),
        Html.named(delete, "delete-pinned-set"));
  }

  /** Reads the sets anew. */
  void read() {
    known = service.sets();
    sets.setItems(known);
  }

  /** Names the set of these roles, if there is one. */
  void show(List<RoleName> now) {
    roles = now;
    sets.setVisible(!known.isEmpty());
    sets.setValue(shown().orElse(null));
    delete.setVisible(shown().isPresent());
    shown().ifPresent(it -> delete.setAriaLabel(Words.word("matrix.sets.delete.label", it.name())));
  }

  /** The one that was picked, whose roles may be gone in part; else the first of just these. */
  private Optional<NamedRoles> shown() {
    return known.stream()
        .filter(it -> it.name().equals(chosen) && Set.copyOf(it.roles()).containsAll(roles))
        .findFirst()
        .or(
            () ->
                known.stream()
                    .filter(it -> Set.copyOf(it.roles()).equals(Set.copyOf(roles)))
                    .findFirst());
  }

  private void save() {
    new PinnedSetDialog(
            roles.size(),
            shown().map(NamedRoles::name).orElse(""),
            name -> service.save(name, roles),
            this::saved)
        .open();
  }

  /** The roles are pinned from now on, also those that were shown since nobody chose. */
  private void saved() {
    read();
    picked.accept(roles);
  }

  private void delete(NamedRoles set) {
    service.delete(set.name());
    read();
    show(roles);
  }
}
