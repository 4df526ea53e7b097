package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.H1;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.Paragraph;
import com.vaadin.flow.router.HasDynamicTitle;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Trace;
import dev.grantway.admin.common.Words;
import java.util.Set;

/** A page that says what is wrong and what to do next; never an exception's text. */
abstract class ErrorPage extends Div implements HasDynamicTitle {
  private static final Set<String> IN_THE_LOG = Set.of("failure", "table");

  private String title = "";

  ErrorPage() {
    addClassName("page");
  }

  void say(String kind, String text) {
    removeAll();
    title = Words.word("plain." + kind + ".title");
    var notice = Html.div("notice bad", new H2(title), new Paragraph(text));
    notice.getElement().setAttribute("role", "alert");
    if (IN_THE_LOG.contains(kind)) {
      Trace.id().ifPresent(id -> notice.add(Html.span("sub", Words.word("plain.trace", id))));
    }
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
