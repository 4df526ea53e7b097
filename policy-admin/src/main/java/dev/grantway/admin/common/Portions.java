package dev.grantway.admin.common;

import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.button.ButtonVariant;
import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import java.util.List;
import java.util.function.Consumer;

/**
 * The foot of a long list: it shows the first items at once and more when asked, and says how many
 * are not shown yet. A page of thousands of parts takes a browser seconds.
 */
public final class Portions<T> extends Div {
  private static final int FIRST = 50;
  private static final int NEXT = 200;

  private final List<T> items;
  private final Consumer<T> shows;
  private final Span left = new Span();
  private final Button next = new Button();
  private int shown;

  /**
   * @param shows puts one more item where the list is
   */
  public Portions(List<T> items, Consumer<T> shows) {
    this(items, FIRST, shows);
  }

  /**
   * The same for a list that is shown anew.
   *
   * @param most how many were shown of it before, by {@link #shown}
   */
  public Portions(List<T> items, int most, Consumer<T> shows) {
    this.items = List.copyOf(items);
    this.shows = shows;
    addClassName("more");
    next.addThemeVariants(ButtonVariant.TERTIARY);
    next.addClickListener(click -> shownMore());
    left.getElement().setAttribute("tabindex", "-1");
    add(left, Html.named(next, "show-more"));
    show(Math.max(FIRST, most));
  }

  /** How many items are shown. */
  public int shown() {
    return shown;
  }

  /** With the button that had it gone, the focus goes to what says that nothing is left. */
  private void shownMore() {
    show(NEXT);
    if (!next.isVisible()) {
      setVisible(true);
      left.setText(Words.word("portions.all", items.size()));
      left.getElement().callJsFunction("focus");
    }
  }

  private void show(int most) {
    int end = Math.min(items.size(), shown + most);
    items.subList(shown, end).forEach(shows);
    shown = end;
    int rest = items.size() - end;
    left.setText(Words.word("portions.left", rest));
    next.setText(Words.word("portions.next", Math.min(rest, NEXT)));
    next.setVisible(rest > 0);
    setVisible(rest > 0);
  }
}
