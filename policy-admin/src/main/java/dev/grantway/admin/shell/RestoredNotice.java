package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.activity.Restored;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import java.util.Optional;

/** Says above every view that the table lacks what it held once. */
final class RestoredNotice extends Div {
  private final AuditService audit;

  RestoredNotice(AuditService audit) {
    this.audit = audit;
    addClassNames("notice", "bad");
    Html.named(this, "restored");
    getElement().setAttribute("role", "status");
    setVisible(false);
  }

  void refresh() {
    removeAll();
    Optional<Restored> restored = audit.restored();
    restored.ifPresent(it -> add(new Span(text(it))));
    setVisible(restored.isPresent());
  }

  private static String text(Restored it) {
    return Words.word(
        it.checkpoint() > 0 ? "restored.copy" : "restored.seen",
        Times.dayAndClock(it.at()),
        Long.toString(it.revision()),
        Long.toString(it.head()),
        Long.toString(it.checkpoint()));
  }
}
