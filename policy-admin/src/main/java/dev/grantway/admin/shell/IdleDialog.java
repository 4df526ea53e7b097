package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.ClientCallable;
import com.vaadin.flow.component.HtmlContainer;
import com.vaadin.flow.component.Tag;
import com.vaadin.flow.component.html.H2;
import com.vaadin.flow.component.html.NativeButton;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.server.VaadinSession;
import com.vaadin.flow.server.WrappedSession;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;

/**
 * Warns whoever has left the page alone that their session is about to end, and ends it. The time
 * is the HTTP session's own: what a page asks by itself keeps that alive, and so the browser tells
 * when somebody last did something.
 */
@Tag("dialog")
final class IdleDialog extends HtmlContainer {
  private static final int WARNING_SECONDS = 120;

  IdleDialog() {
    addClassName("idle");
    Html.named(this, "idle");
    Html.labelled(this, Words.word("idle.title"));
    var stay = new NativeButton(Words.word("idle.stay"));
    stay.addClassName("stay");
    add(
        new H2(Words.word("idle.title")),
        Html.div(
            "idle-text",
            new Span(Words.word("idle.left")),
            Html.span("left", ""),
            new Span(Words.word("idle.text"))),
        Html.named(stay, "idle-stay"));
  }

  @Override
  protected void onAttach(AttachEvent event) {
    int seconds = VaadinSession.getCurrent().getSession().getMaxInactiveInterval();
    if (seconds > 0) {
      event.getUI().getPage().addJsModule("context://grantway/idle.js");
      getElement()
          .executeJs(
              "const begin = () => window.grantwayIdle"
                  + " ? window.grantwayIdle.watch(this, $0, $1) : setTimeout(begin, 100); begin();",
              seconds,
              Math.min(WARNING_SECONDS, seconds / 2));
    }
  }

  /** Nobody did anything for as long as a session may wait. */
  @ClientCallable
  void ended() {
    WrappedSession session = VaadinSession.getCurrent().getSession();
    getUI().ifPresent(ui -> ui.getPage().setLocation("/session-ended"));
    session.invalidate();
  }
}
