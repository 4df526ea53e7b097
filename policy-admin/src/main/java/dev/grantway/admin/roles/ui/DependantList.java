package dev.grantway.admin.roles.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.roles.Dependants;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.stream.Collectors;

/** Who and what is concerned when a role is deleted, a line for each kind. */
final class DependantList extends Div {
  private static final int NAMED = 8;

  DependantList(Dependants it) {
    addClassName("form");
    Html.named(this, "dependants");
    add(new Span(Words.word("role.delete.permissions", it.permissions())));
    line("role.delete.heirs", it.heirs().stream().map(RoleName::value).toList());
    line("role.delete.assignments", it.assignments().stream().map(Assignment::value).toList());
    line("role.delete.invariants", it.invariants());
    line("role.delete.tests", it.tests());
  }

  private void line(String key, List<String> names) {
    if (!names.isEmpty()) {
      String named = names.stream().limit(NAMED).collect(Collectors.joining(", "));
      add(
          new Div(
              new Span(Words.word(key, names.size())),
              new Span(" "),
              Html.mono(named + (names.size() > NAMED ? " …" : ""))));
    }
  }
}
