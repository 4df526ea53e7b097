package dev.grantway.admin.simulate.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.details.Details;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.component.textfield.TextArea;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.simulate.Pasted;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Takes a token and says what the authorizer reads in it; its text is forgotten at once. */
final class TokenPanel extends Details {
  private final Function<String, Pasted> reads;
  private final Consumer<Optional<Pasted.Known>> tells;
  private final TextArea token = new TextArea(Words.word("token.label"));
  private final Div said = Html.named(Html.div("blocks"), "token-said");

  /**
   * @param tells hears who the caller is, and nobody where a token is refused or forgotten
   */
  TokenPanel(Function<String, Pasted> reads, Consumer<Optional<Pasted.Known>> tells) {
    super(Words.word("token.title"));
    this.reads = reads;
    this.tells = tells;
    Html.named(this, "token-panel");
    setWidthFull();
    said.getElement().setAttribute("aria-live", "polite");
    token.setWidthFull();
    token.setMaxRows(4);
    token.setHelperText(Words.word("token.help"));
    token.getElement().setAttribute("autocomplete", "off");
    token.getElement().setAttribute("spellcheck", "false");
    Html.named(token, "token");
    var read = new Button(Words.word("token.read"), click -> read());
    read.addThemeVariants(ButtonVariant.TERTIARY);
    add(Html.div("blocks", token, Html.div("acts", Html.named(read, "token-read")), said));
  }

  private void read() {
    String text = token.getValue();
    token.clear();
    forget();
    if (text.isBlank()) {
      return;
    }
    switch (reads.apply(text)) {
      case Pasted.Known known -> {
        said.add(caller(known));
        tells.accept(Optional.of(known));
      }
      case Pasted.Refused(var why) ->
          said.add(Html.div("notice bad", new Span(Words.all(List.of(why)))));
    }
  }

  private void forget() {
    said.removeAll();
    tells.accept(Optional.empty());
  }

  private Div caller(Pasted.Known known) {
    var forget = new Button(Words.word("token.forget"), click -> forget());
    forget.addThemeVariants(ButtonVariant.TERTIARY);
    Div facts = Html.div("facts-list");
    fact(facts, "token.principal", known.principal());
    fact(facts, "token.roles", names(known.caller().roles()));
    if (known.dropped() > 0) {
      fact(facts, "token.dropped", Integer.toString(known.dropped()));
    }
    fact(facts, "token.groups", names(known.caller().groups()));
    fact(facts, "token.scopes", names(known.caller().scopes()));
    fact(facts, "token.client", names(List.of(known.caller().client())));
    fact(facts, "token.expires", Times.dayAndClock(known.expiresAt()));
    return Html.div(
        "notice good",
        new Span(Words.word("token.accepted")),
        facts,
        Html.div("acts", Html.named(forget, "token-forget")));
  }

  private static void fact(Div facts, String key, String value) {
    facts.add(Html.span("mute", Words.word(key)), Html.mono(value));
  }

  private static String names(Collection<String> names) {
    String joined = String.join(", ", names);
    return joined.isEmpty() ? Words.word("simulate.step.none") : joined;
  }
}
