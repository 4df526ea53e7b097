package dev.grantway.admin.common;

import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.dom.Element;
import dev.grantway.admin.changes.ChangeLine;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Changes as people read them: what, and each field before and after. */
public final class ChangeList extends Div {

  /**
   * @param action what can be done with a line
   */
  public ChangeList(List<ChangeLine> lines, Function<ChangeLine, Component> action) {
    Div all = Html.div("items");
    add(all, new Portions<>(lines, line -> all.add(row(line, action.apply(line)))));
  }

  private static Div row(ChangeLine line, Component action) {
    String kind = line.kind().name().toLowerCase(Locale.ROOT);
    Div what =
        Html.div("what", new Span(Words.word("what." + line.what())), Html.mono(line.name()));
    if (line.what().equals("permission") || line.what().equals("assignment")) {
      what.add(Html.span("mute", Words.word("change.of")), Html.mono(line.role()));
    }
    if (!line.api().isEmpty()) {
      what.add(Html.span("mute", Words.word("change.in")), Html.mono(line.api()));
    }
    var body = Html.div("body", what);
    body.getElement().appendChild(fields(line));
    var row =
        Html.div("change", Html.span("kind " + kind, Words.word("change." + kind)), body, action);
    return Html.named(row, "change " + line.what() + " " + line.name());
  }

  private static Element fields(ChangeLine line) {
    var list = new Element("dl");
    list.setAttribute("class", "diff");
    for (ChangeLine.Field field : line.fields()) {
      var values = new Element("dd");
      if (!field.before().isEmpty()) {
        values.appendChild(value("del", "change.before", shown(field, field.before())));
      }
      if (!field.before().isEmpty() && !field.after().isEmpty()) {
        var arrow = new Element("span").setText("→");
        arrow.setAttribute("aria-hidden", "true");
        values.appendChild(arrow);
      }
      if (!field.after().isEmpty()) {
        values.appendChild(value("ins", "change.after", shown(field, field.after())));
      }
      list.appendChild(new Element("dt").setText(Words.word("field." + field.name())), values);
    }
    return list;
  }

  private static String shown(ChangeLine.Field field, String value) {
    return field.name().equals("stage") && value.equals("*") ? Words.word("stage.every") : value;
  }

  private static Element value(String tag, String key, String text) {
    var hidden = new Element("span").setText(Words.word(key) + " ");
    hidden.setAttribute("class", "sr");
    return new Element(tag).appendChild(hidden, Element.createText(text));
  }
}
