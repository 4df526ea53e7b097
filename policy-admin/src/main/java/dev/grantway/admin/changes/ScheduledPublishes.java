package dev.grantway.admin.changes;

import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.revision.Reviewed;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.PolicyRepository;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * Publishes drafts whose time has come, with the rights that whoever scheduled them has then. What
 * no longer holds is not published, and the draft says why. Several processes may do it at once:
 * one of them publishes.
 */
@Component
class ScheduledPublishes {
  private static final Logger LOG = LoggerFactory.getLogger(ScheduledPublishes.class);

  private static final Duration ON_ITS_WAY = Duration.ofMinutes(1);

  private final PolicyRepository repository;
  private final Drafts drafts;
  private final Reviews reviews;
  private final DraftPublisher publisher;

  ScheduledPublishes(
      PolicyRepository repository, Drafts drafts, Reviews reviews, DraftPublisher publisher) {
    this.repository = repository;
    this.drafts = drafts;
    this.reviews = reviews;
    this.publisher = publisher;
  }

  /** Publishes what is due; what the table does not answer for stays due. */
  void publishDue() {
    attempt("what is due", () -> repository.drafts().due(drafts.now()).forEach(this::publish));
  }

  private void publish(DraftRepository.Due due) {
    attempt(
        "draft `" + due.id() + "`",
        () -> {
          if (isDone(due)) {
            repository.drafts().unschedule(due);
          }
        });
  }

  private static void attempt(String what, Runnable work) {
    try {
      work.run();
    } catch (RuntimeException failure) {
      LOG.warn("{} waits to be published: {}", what, failure.getMessage());
    }
  }

  private boolean isDone(DraftRepository.Due due) {
    Optional<Draft> draft = drafts.find(due.id());
    Optional<DraftStep.Schedule> schedule =
        draft.flatMap(Draft::schedule).filter(it -> it.when().equals(due.when()));
    if (schedule.isEmpty()) {
      // The note is written before the step, which may be on its way.
      return draft.isEmpty() || drafts.now().isAfter(due.when().plus(ON_ITS_WAY));
    }
    return isDone(draft.orElseThrow(), schedule.get());
  }

  private boolean isDone(Draft draft, DraftStep.Schedule schedule) {
    var operator = new Known(repository.operators()).operator(schedule.by());
    DraftState state = drafts.state(operator, draft.id());
    Reviewed now = reviews.reviewed(drafts.copy(state), state);
    if (!state.disputes().isEmpty() || !now.equals(schedule.seen())) {
      return isGivenUp(draft, Objection.of("schedule-moved"));
    }
    Outcome outcome =
        publisher.publish(
            new DraftPublisher.Wish(operator, draft.id(), state.hash(), schedule.reason(), false));
    return switch (outcome) {
      case Outcome.Published published -> true;
      case Outcome.Refused refused -> isGivenUp(draft, refused.why().toArray(Objection[]::new));
      case Outcome.Moved moved -> false;
      case Outcome.TableDown down -> false;
      case Outcome.Unknown unknown -> false;
    };
  }

  private boolean isGivenUp(Draft draft, Objection... why) {
    String text =
        List.of(why).stream()
            .map(it -> it.says().in(Locale.ENGLISH))
            .collect(Collectors.joining("; "));
    drafts
        .find(draft.id())
        .ifPresent(
            it -> drafts.append(it, new DraftStep.Unschedule(drafts.now(), "grantway", text)));
    return true;
  }
}
