package dev.grantway.admin.shell;

import com.vaadin.flow.component.AttachEvent;
import com.vaadin.flow.component.DetachEvent;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import com.vaadin.flow.shared.Registration;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Words;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says that somebody changed what a page shows since it was read, and shows that when asked: nobody
 * loses their place by it.
 */
public final class NewsBadge extends Div {
  private final Supplier<Optional<String>> news;
  private final Span text = new Span();
  private @Nullable Registration polls;

  /**
   * @param news asked at every poll, so it waits for no table; empty: the page is up to date
   * @param shows shows what is new
   */
  public NewsBadge(String testId, Supplier<Optional<String>> news, Runnable shows) {
    this.news = news;
    addClassNames("notice", "news");
    getElement().setAttribute("role", "status");
    Html.named(this, testId);
    var show = new Button(Words.word("news.show"), click -> shows.run());
    show.addThemeVariants(ButtonVariant.TERTIARY);
    add(text, Html.named(show, testId + "-show"));
    setVisible(false);
  }

  /** Asks whether there is news. */
  public void refresh() {
    Optional<String> now = news.get();
    now.filter(it -> !it.equals(text.getText())).ifPresent(text::setText);
    setVisible(now.isPresent());
  }

  @Override
  protected void onAttach(AttachEvent event) {
    polls = event.getUI().addPollListener(poll -> refresh());
  }

  @Override
  protected void onDetach(DetachEvent event) {
    if (polls != null) {
      polls.remove();
    }
  }
}
