package dev.grantway.admin.changes;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.common.Trace;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.audit.ActivityKind;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.store.DraftRepository;
import dev.grantway.store.PolicyRepository;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.stereotype.Service;

/** Makes drafts live: now, later, or in an emergency without approvals. */
@Service
public class PublishService {
  private static final Duration FURTHEST = Duration.ofDays(366);

  private final PolicyRepository repository;
  private final Operators operators;
  private final Drafts drafts;
  private final Reviews reviews;
  private final DraftPublisher publisher;
  private final Activity activity;
  private final PublishesUnderWay underWay;

  PublishService(
      PolicyRepository repository,
      Operators operators,
      Drafts drafts,
      Reviews reviews,
      DraftPublisher publisher,
      Activity activity,
      PublishesUnderWay underWay) {
    this.activity = activity;
    this.underWay = underWay;
    this.repository = repository;
    this.operators = operators;
    this.drafts = drafts;
    this.reviews = reviews;
    this.publisher = publisher;
  }

  /**
   * Makes a draft the next revision.
   *
   * @param hash of the draft that was reviewed; another is not published
   * @param reason why, in the operator's words
   */
  public Outcome publish(String id, String hash, String reason) {
    Operator operator = operators.require(Task.PUBLISH);
    return publisher.publish(new DraftPublisher.Wish(operator, id, hash, reason, false));
  }

  /**
   * The same without the approvals that rules ask for, whoever rejected it and whichever tests
   * fail. The revision is flagged for ever. Invariants and limits hold as ever.
   */
  public Outcome breakGlass(String id, String hash, String reason) {
    Operator operator = operators.require(Task.CHANGE_RULES);
    return publisher.publish(new DraftPublisher.Wish(operator, id, hash, reason, true));
  }

  /** {@link #publish} on a thread of its own; {@link #underWay} tells how far it is. */
  public CompletableFuture<Outcome> begin(String id, String hash, String reason) {
    Operator operator = operators.require(Task.PUBLISH);
    return begin(new DraftPublisher.Wish(operator, id, hash, reason, false));
  }

  /** {@link #breakGlass} on a thread of its own; {@link #underWay} tells how far it is. */
  public CompletableFuture<Outcome> beginBreakGlass(String id, String hash, String reason) {
    Operator operator = operators.require(Task.CHANGE_RULES);
    return begin(new DraftPublisher.Wish(operator, id, hash, reason, true));
  }

  private CompletableFuture<Outcome> begin(DraftPublisher.Wish wish) {
    return CompletableFuture.supplyAsync(
        () -> publisher.publish(wish),
        task -> Thread.ofVirtual().name("publish").start(Trace.carried(task)));
  }

  /** How far the publish of a draft is that this app has under way, whoever began it. */
  public Optional<UnderWay> underWay(String id) {
    operators.require(Task.SEE);
    return underWay.of(id);
  }

  /**
   * Has a draft published by itself, if everything that is asked of a publish holds then as well.
   *
   * @param when at most 366 days ahead
   */
  public Voiced schedule(String id, String hash, Instant when, String reason) {
    Operator operator = operators.require(Task.PUBLISH);
    Instant at = when.truncatedTo(ChronoUnit.MILLIS);
    Instant now = drafts.now();
    Optional<Objection> bad = DraftPublisher.reason(reason);
    if (bad.isPresent()) {
      return new Voiced.Refused(List.of(bad.get()));
    }
    if (!at.isAfter(now) || at.isAfter(now.plus(FURTHEST))) {
      return refused("schedule-time", when.toString());
    }
    DraftState state = drafts.state(operator, id);
    if (!state.isAsSeen(hash)) {
      return new Voiced.Moved(state);
    }
    WorkingCopy copy = drafts.copy(state);
    Draft draft = state.draft().orElseThrow();
    var objections =
        new ArrayList<>(
            reviews
                .rules(copy)
                .toPublish(operator, false, copy, draft, reviews.effect(copy, state)));
    reviews.failing(copy, state).forEach(it -> objections.add(it.objection()));
    if (!objections.isEmpty()) {
      return new Voiced.Refused(objections);
    }
    activity.record(
        ActivityKind.PUBLISH_SCHEDULED,
        "draft " + id,
        Map.of("when", at.toString(), "hash", hash, "reason", reason.strip()));
    // Noted first: a note without its step is found to be nothing and taken away.
    repository.drafts().schedule(new DraftRepository.Due(at, id));
    return reviews.said(
        operator,
        id,
        new DraftStep.Schedule(
            now, operator.name(), at, reason.strip(), reviews.reviewed(copy, state)));
  }

  /** Takes back that a draft is published by itself: whose it is, or whoever may approve it. */
  public Voiced unschedule(String id) {
    Operator operator = operators.require(Task.PUBLISH);
    DraftState state = drafts.state(operator, id);
    Optional<DraftStep.Schedule> schedule = state.draft().flatMap(Draft::schedule);
    if (schedule.isEmpty()) {
      return new Voiced.Moved(state);
    }
    boolean own = state.draft().orElseThrow().authors().contains(operator.name());
    if (!own && !operator.may(Task.PUBLISH_APPROVED)) {
      return refused("publish-others", operator.name());
    }
    Voiced said =
        reviews.said(operator, id, new DraftStep.Unschedule(drafts.now(), operator.name(), ""));
    repository.drafts().unschedule(new DraftRepository.Due(schedule.get().when(), id));
    return said;
  }

  private static Voiced refused(String code, Object... facts) {
    return new Voiced.Refused(List.of(Objection.of(code, facts)));
  }
}
