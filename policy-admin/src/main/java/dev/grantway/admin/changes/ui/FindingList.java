package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.FindingChanges;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Words;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.Severity;
import java.util.List;
import java.util.Optional;

/** The findings that a draft introduces and resolves; notes ask for nothing and are left out. */
final class FindingList {
  private FindingList() {}

  static Optional<Div> of(FindingChanges findings) {
    List<Finding> introduced = asking(findings.introduced());
    List<Finding> resolved = asking(findings.resolved());
    if (introduced.isEmpty() && resolved.isEmpty()) {
      return Optional.empty();
    }
    Div panel = Html.named(Html.div("panel conversation"), "findings");
    add(panel, "findings.introduced", introduced);
    add(panel, "findings.resolved", resolved);
    return Optional.of(Html.section(Words.word("findings.title"), panel));
  }

  private static List<Finding> asking(List<Finding> findings) {
    return findings.stream().filter(it -> it.severity() != Severity.NOTE).toList();
  }

  private static void add(Div panel, String title, List<Finding> findings) {
    if (findings.isEmpty()) {
      return;
    }
    panel.add(new H2(Words.word(title)));
    Div all = Html.div("items");
    panel.add(
        all,
        new Portions<>(
            findings,
            it ->
                all.add(
                    new Div(
                        Html.mono(it.code().text()),
                        new Span(" " + it.message() + ": " + it.next())))));
  }
}
