package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;

/** A page that says what is wrong and what to do next; never an exception's text. */
abstract class ErrorPage extends Div implements HasDynamicTitle {
  private String title = "";

  ErrorPage() {
    addClassName("page");
  }

  void say(String kind, String text) {
    removeAll();
    title = Words.word("plain." + kind + ".title");
    var notice = Html.div("notice bad", new H2(title), new Paragraph(text));
    notice.getElement().setAttribute("role", "alert");
    Html.named(notice, "error-" + kind);
    add(
        Html.head(new H1(Words.word("app.name")), Html.span("sub", "")),
        notice,
        Html.div("acts", Html.link("", "link", Words.word("plain." + kind + ".next"))));
  }

  @Override
  public String getPageTitle() {
    return Words.word("title", title);
  }
}
