package dev.grantway.admin.changes.ui;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.changes.FindingChanges;
import dev.grantway.admin.changes.FindingChanges.State;
import dev.grantway.admin.common.Awaiting;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Portions;
import dev.grantway.admin.common.Words;
import dev.grantway.analysis.Finding;
import dev.grantway.analysis.Severity;
import java.util.List;
import java.util.function.Supplier;

/**
 * The findings that a draft introduces and resolves, once they are known; notes ask for nothing and
 * are left out.
 */
final class FindingList extends Awaiting {
  private final Supplier<FindingChanges> known;
  private boolean looking;

  /**
   * @param known asked at every poll while they are looked for, so it waits for no table
   */
  FindingList(FindingChanges findings, Supplier<FindingChanges> known) {
    this.known = known;
    addClassName("section");
    getElement().setAttribute("aria-live", "polite");
    show(findings);
  }

  private void show(FindingChanges findings) {
    removeAll();
    looking = findings.state() == State.LOOKING;
    boolean failed = findings.state() == State.FAILED;
    List<Finding> introduced = asking(findings.introduced());
    List<Finding> resolved = asking(findings.resolved());
    setVisible(looking || failed || !introduced.isEmpty() || !resolved.isEmpty());
    Div panel = Html.named(Html.div("panel conversation"), "findings");
    if (looking) {
      panel.add(
          Html.named(
              Html.div("empty", new Span(Words.word("findings.looking"))), "findings-looking"));
    }
    if (failed) {
      panel.add(
          Html.named(
              Html.div("empty", new Span(Words.word("findings.failed"))), "findings-failed"));
    }
    add(panel, "findings.introduced", introduced);
    add(panel, "findings.resolved", resolved);
    add(new H2(Words.word("findings.title")), panel);
  }

  @Override
  protected boolean isLooking() {
    return looking;
  }

  @Override
  protected void lookAgain() {
    show(known.get());
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
