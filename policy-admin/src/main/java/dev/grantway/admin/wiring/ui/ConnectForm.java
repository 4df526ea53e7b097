package dev.grantway.admin.wiring.ui;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.textfield.TextField;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Problems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import dev.grantway.admin.wiring.WiringInput;
import dev.grantway.admin.wiring.WiringInput.Field;
import dev.grantway.admin.wiring.WiringPage;
import dev.grantway.admin.wiring.WiringPage.Connected;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/** Connects a stage, or connects it otherwise. */
final class ConnectForm extends Div {
  private final TextField region = new TextField(Words.word("wiring.region"));
  private final TextField authorizer = new TextField(Words.word("wiring.authorizer"));
  private final TextField source = new TextField(Words.word("wiring.source"));
  private final Function<WiringInput, Reading<WiringPage, Field>> connect;
  private final Consumer<WiringPage> done;

  ConnectForm(
      Optional<Connected> now,
      Function<WiringInput, Reading<WiringPage, Field>> connect,
      Consumer<WiringPage> done) {
    this.connect = connect;
    this.done = done;
    addClassNames("panel", "form-line");
    region.setHelperText(Words.word("wiring.region.help"));
    authorizer.setHelperText(Words.word("wiring.authorizer.help"));
    source.setHelperText(Words.word("wiring.source.help"));
    now.ifPresent(
        it -> {
          region.setValue(it.region());
          authorizer.setValue(it.authorizer());
          source.setValue(it.tokenSource());
        });
    var button =
        new Button(
            Words.word(now.isEmpty() ? "wiring.connect" : "wiring.connect.again"),
            click -> connect());
    if (now.isEmpty()) {
      button.addThemeVariants(ButtonVariant.PRIMARY);
    }
    add(
        Html.named(region, "wiring-region"),
        Html.named(authorizer, "wiring-authorizer"),
        Html.named(source, "wiring-source"),
        Html.named(button, "wiring-connect"));
  }

  private void connect() {
    var input = new WiringInput(region.getValue(), authorizer.getValue(), source.getValue());
    switch (connect.apply(input)) {
      case Reading.Read<WiringPage, Field>(WiringPage page) -> done.accept(page);
      case Reading.Problems<WiringPage, Field>(var problems) -> show(problems);
    }
  }

  private void show(Map<Field, List<Sentence>> problems) {
    Problems.show(region, problems.get(Field.REGION));
    Problems.show(authorizer, problems.get(Field.AUTHORIZER));
    Problems.show(source, problems.get(Field.TOKEN_SOURCE));
  }
}
