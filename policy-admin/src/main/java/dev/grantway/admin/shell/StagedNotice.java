package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import dev.grantway.admin.changes.Staged;
import dev.grantway.admin.common.DraftChanged;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.common.Words;
import java.util.List;

/** Says in a view why an edit is not in the draft; not there while there is nothing to say. */
public final class StagedNotice extends Div {
  public StagedNotice() {
    addClassNames("notice", "bad");
    getElement().setAttribute("role", "alert");
    Html.named(this, "refused");
    clear();
  }

  public void clear() {
    setVisible(false);
  }

  /** Tells the page that the draft was edited, or people why it was not. */
  public void heard(Staged result) {
    switch (result) {
      case Staged.Done _ -> DraftChanged.tell();
      case Staged.Refused refused -> refused(refused.says());
    }
  }

  public void refused(List<Sentence> why) {
    setText(Words.all(why));
    setVisible(true);
  }
}
