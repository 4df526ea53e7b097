package dev.grantway.admin.wiring.ui;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.NativeDetails;
import com.vaadin.flow.component.html.Pre;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.wiring.WiringPage.Found;
import dev.grantway.analysis.Severity;
import java.util.List;

/** Something that is wrong with the wiring, since when, and what to change. */
final class FoundPanel extends Div {
  /** The names of routes stand there without being asked for. */
  private static final int FEW = 3;

  FoundPanel(Found it) {
    addClassNames("panel", "wiring-found");
    Html.named(this, "wiring-found " + it.code());
    add(
        Html.div(
            "facts",
            Html.span(chip(it.severity()), Words.word("overview.severity." + it.severity())),
            Html.mono(it.code()),
            Html.span("mute", Words.word("wiring.since", Times.dayAndClock(it.since())))),
        Html.div("text", new Span(it.what())),
        Html.div(
            "text",
            Html.span("mute", Words.word("wiring.fix")),
            new Span(" "),
            new Span(it.fix())));
    if (it.routes().size() > FEW) {
      add(routes(it.routes()));
    }
    if (!it.commands().isEmpty()) {
      add(lines("wiring.commands", String.join("\n", it.commands())));
    }
    if (!it.construct().isEmpty()) {
      add(lines("wiring.construct", it.construct()));
    }
  }

  /** Whether it asks for anything. */
  static boolean asks(Found it) {
    return it.severity() != Severity.NOTE;
  }

  private static String chip(Severity severity) {
    return switch (severity) {
      case ERROR -> "chip lost";
      case WARNING -> "chip soon";
      case NOTE -> "chip";
    };
  }

  private static Component routes(List<String> routes) {
    var list = Html.div("lines");
    routes.forEach(route -> list.add(Html.div("", Html.mono(route))));
    return Html.div(
        "codes", new NativeDetails(Words.word("wiring.found.routes", routes.size()), list));
  }

  private static Div lines(String title, String text) {
    var pre = new Pre(text);
    pre.addClassNames("document", "mono");
    // Scrolled by the keyboard where it does not fit.
    pre.getElement().setAttribute("tabindex", "0");
    Html.labelled(pre, Words.word(title));
    pre.getElement().setAttribute("role", "group");
    var copy = new Button(Words.word("wiring.copy"));
    copy.addThemeVariants(ButtonVariant.TERTIARY);
    Html.named(copy, "wiring-copy");
    copy.getElement()
        .executeJs(
            "this.addEventListener('click', async () => { await navigator.clipboard.writeText($0);"
                + " this.textContent = $1; })",
            text,
            Words.word("wiring.copied"));
    return Html.div("wiring-lines", Html.div("facts", new Span(Words.word(title)), copy), pre);
  }
}
