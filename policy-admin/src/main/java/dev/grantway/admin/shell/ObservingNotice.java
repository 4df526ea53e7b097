package dev.grantway.admin.shell;

import com.vaadin.flow.component.html.Div;
import com.vaadin.flow.component.html.Span;
import dev.grantway.admin.audit.AuditService;
import dev.grantway.admin.audit.AuditService.Instance;
import dev.grantway.admin.common.Html;
import dev.grantway.admin.common.Place;
import dev.grantway.admin.common.Times;
import dev.grantway.admin.common.Words;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/** Says above every view of a stage that its authorizer observes, and lets everything through. */
final class ObservingNotice extends Div {
  private final AuditService audit;

  ObservingNotice(AuditService audit) {
    this.audit = audit;
    addClassNames("notice", "bad");
    Html.named(this, "observing");
    getElement().setAttribute("role", "status");
    setVisible(false);
  }

  void at(Place place) {
    removeAll();
    Optional<Instant> until = until(place);
    until.ifPresent(end -> add(new Span(Words.word("observing", Times.dayAndClock(end)))));
    setVisible(until.isPresent());
  }

  /** The latest end of all instances; in an outage the view itself says what is wrong. */
  private Optional<Instant> until(Place place) {
    try {
      return audit.instances(place.api(), place.stage()).stream()
          .map(Instance::observeUntil)
          .flatMap(Optional::stream)
          .max(Comparator.naturalOrder());
    } catch (StoreException down) {
      return Optional.empty();
    }
  }
}
