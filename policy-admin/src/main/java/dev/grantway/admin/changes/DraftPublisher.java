package dev.grantway.admin.changes;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.security.Operator;
import dev.grantway.revision.Draft;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.Progress;
import dev.grantway.store.RecordedPublish;
import dev.grantway.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Checks everything that a publish asks, once more and on the base that it replaces, and does it.
 */
@Component
class DraftPublisher {
  /**
   * Who wants what published.
   *
   * @param hash of the draft as it was reviewed
   * @param breakGlass without approvals, and whatever tests say
   */
  record Wish(Operator operator, String id, String hash, String reason, boolean breakGlass) {}

  private final PolicyRepository repository;
  private final Drafts drafts;
  private final Reviews reviews;
  private final Propagation propagation;
  private final Activity activity;
  private final Later later;
  private final Checkpoints checkpoints;
  private final PublishesUnderWay underWay;

  DraftPublisher(
      PolicyRepository repository,
      Drafts drafts,
      Reviews reviews,
      Propagation propagation,
      Activity activity,
      Later later,
      Checkpoints checkpoints,
      PublishesUnderWay underWay) {
    this.underWay = underWay;
    this.later = later;
    this.checkpoints = checkpoints;
    this.activity = activity;
    this.repository = repository;
    this.drafts = drafts;
    this.reviews = reviews;
    this.propagation = propagation;
  }

  Outcome publish(Wish wish) {
    Optional<Objection> bad = reason(wish.reason());
    if (bad.isPresent()) {
      return new Outcome.Refused(List.of(bad.get()));
    }
    try {
      return seen(wish);
    } catch (StoreException.OutcomeUnknown unknown) {
      return new Outcome.Unknown(unknown.number(), propagation.last());
    } catch (StoreException.Unavailable down) {
      return new Outcome.TableDown(propagation.last());
    }
  }

  /** Why a revision cannot be published for that reason. */
  static Optional<Objection> reason(String text) {
    if (text.isBlank()) {
      return Optional.of(Objection.of("no-reason"));
    }
    return text.strip().length() > Publication.MAX_REASON
        ? Optional.of(Objection.of("long-reason", Publication.MAX_REASON))
        : Optional.empty();
  }

  private Outcome seen(Wish wish) {
    DraftState state = drafts.state(wish.operator(), wish.id());
    if (!state.isAsSeen(wish.hash())) {
      return new Outcome.Moved(state);
    }
    try (var progress = underWay.begin(wish.id(), wish.operator().name(), state.count())) {
      return checked(wish, state, progress);
    }
  }

  private Outcome checked(Wish wish, DraftState state, Progress progress) {
    Draft draft = state.draft().orElseThrow();
    WorkingCopy copy = drafts.copy(state);
    Effect effect = reviews.effect(copy, state);
    // The store publishes on this base or not at all: no rule can have changed meanwhile.
    DraftRules rules = reviews.rules(copy);
    var objections =
        new ArrayList<>(rules.toPublish(wish.operator(), wish.breakGlass(), copy, draft, effect));
    reviews.broken(copy, state).forEach(it -> objections.add(Objection.of(it)));
    reviews.misfits(copy, state).forEach(it -> objections.add(Objection.of(it.misfit())));
    List<FailedTest> failing = reviews.failing(copy, state);
    if (!wish.breakGlass()) {
      failing.forEach(it -> objections.add(it.objection()));
    }
    if (!objections.isEmpty()) {
      return new Outcome.Refused(objections);
    }
    Agreement agreement = rules.agreement(copy, draft, effect);
    var publication =
        new Publication(
            state.changes(),
            draft.base(),
            draft.baseHash(),
            wish.operator().name(),
            List.copyOf(agreement.approvers()),
            wish.reason().strip(),
            draft.id(),
            wish.breakGlass()
                && (agreement.missing() > 0
                    || draft.rejection().isPresent()
                    || !failing.isEmpty()));
    Set<Propagation.Stage> stages = Stages.touched(repository.live(), state.changes());
    var publish =
        new RecordedPublish(
            publication,
            "draft " + draft.id(),
            Map.of(
                "missing",
                Integer.toString(agreement.missing()),
                "failing",
                Integer.toString(failing.size())),
            activity);
    return switch (publish.by(repository, progress)) {
      case PublishResult.Published(Revision revision) -> published(draft, revision, stages);
      case PublishResult.Conflict conflict ->
          new Outcome.Moved(drafts.state(wish.operator(), wish.id()));
      case PublishResult.Refused(List<Refusal> why) -> new Outcome.Refused(Objection.of(why));
    };
  }

  private Outcome published(Draft draft, Revision revision, Set<Propagation.Stage> stages) {
    propagation.published(revision.number(), revision.hash(), revision.at(), stages);
    later.at(drafts.now(), checkpoints::take);
    try {
      drafts.published(draft);
    } catch (StoreException stillOpen) {
      // The revision is live all the same; on head, the draft is found to change nothing more.
      return new Outcome.Published(revision);
    }
    return new Outcome.Published(revision);
  }
}
