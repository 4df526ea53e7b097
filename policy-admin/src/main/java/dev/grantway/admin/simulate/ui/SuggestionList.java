package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeTable;
import com.vaadin.flow.component.html.NativeTableRow;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.GrantChange;
import dev.grantway.admin.changes.PermissionText;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.simulate.Suggestion;
import dev.grantway.policy.RoleName;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** What would allow a denied request, the least first, with whatever else that opens. */
final class SuggestionList {
  private static final int NAMED = 6;

  private SuggestionList() {}

  static Div of(List<Suggestion> suggestions, Consumer<Suggestion> stages) {
    NativeTable table =
        Html.table(
            Words.word("suggest.title"),
            List.of(
                Words.word("field.role"),
                Words.word("field.resource"),
                Words.word("suggest.opens"),
                ""));
    for (Suggestion it : suggestions) {
      NativeTableRow row =
          Html.named(table.getBody().addRow(), "suggestion " + it.permission().id());
      Html.cell(row, "nowrap", Html.mono(it.permission().role().value()));
      Html.cell(
          row,
          "wide",
          Html.span("m", PermissionText.methods(it.permission())),
          Html.mono(it.permission().resource().toString()));
      Html.cell(row, "wide", new Span(opens(it)));
      var stage = new Button(Words.word("stage"), click -> stages.accept(it));
      stage.addThemeVariants(ButtonVariant.TERTIARY);
      Html.cell(row, "end", Html.div("acts", Html.named(stage, "stage-suggestion")));
    }
    return Html.section(
        Words.word("suggest.title"),
        Html.span("mute", Words.word("suggest.sub")),
        Html.div("panel flush", table));
  }

  private static String opens(Suggestion it) {
    List<String> others =
        it.opens().stream()
            .map(GrantChange::role)
            .filter(role -> !role.equals(it.permission().role()))
            .map(RoleName::value)
            .distinct()
            .toList();
    return others.isEmpty()
        ? Words.word("suggest.opens.role")
        : Words.word(
            "suggest.opens.others",
            others.stream().limit(NAMED).collect(Collectors.joining(", ")),
            Math.max(0, others.size() - NAMED));
  }
}
