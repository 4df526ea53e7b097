package dev.grantway.admin.wiring;

import dev.grantway.admin.activity.Activity;
import dev.grantway.admin.changes.AsSeen;
import dev.grantway.admin.common.FormProblems;
import dev.grantway.admin.common.Reading;
import dev.grantway.admin.common.Sentence;
import dev.grantway.admin.security.Operator;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.admin.wiring.WiringInput.Field;
import dev.grantway.audit.ActivityKind;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.WiredStage;
import dev.grantway.store.WiredStages;
import dev.grantway.store.WiringCheck;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.stereotype.Service;

/**
 * How deployed APIs ask their authorizers, beside what the policy and the authorizers expect. It
 * tells the change to make and makes none.
 */
@Service
public class WiringService {
  private static final String USUAL_SOURCE = "header:Authorization";
  private static final Pattern REGION = Pattern.compile("[a-z]{2}(-[a-z]+)+-[0-9]");
  private static final Pattern SOURCE =
      Pattern.compile("header:[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}|query:[\\w.~-]{1,100}");
  private static final int LONGEST = 128;

  private static final Refused MOVED = new Refused(true, Sentence.of("wiring.problem.moved"));

  /** So many looks may be late before what the last one found is old. */
  private static final int MISSED = 4;

  private final PolicyRepository repository;
  private final WiringLooks looks;
  private final Activity activity;
  private final Operators operators;
  private final Clock clock;

  WiringService(
      PolicyRepository repository,
      WiringLooks looks,
      Activity activity,
      Operators operators,
      Clock clock) {
    this.repository = repository;
    this.looks = looks;
    this.activity = activity;
    this.operators = operators;
    this.clock = clock;
  }

  /** A stage that is connected, and how it stands; neither may be what was found before. */
  public record Line(ApiId api, String stage, WiringPage page) {}

  /** Every connected stage, by API and stage. */
  public List<Line> all() {
    Operator operator = operators.require(Task.SEE);
    return repository.wiredStages().all().stream()
        .map(it -> new Line(it.api(), it.stage(), page(operator, Optional.of(it))))
        .toList();
  }

  /** How a stage stands. */
  public WiringPage page(Api api, String stage) {
    return page(operators.require(Task.SEE), repository.wiredStages().find(api.id(), stage));
  }

  private WiringPage page(Operator operator, Optional<WiredStage> connected) {
    return page(
        operator,
        connected,
        connected.flatMap(it -> repository.wiredStages().check(it.api(), it.stage())));
  }

  private boolean isOld(WiringCheck check) {
    Duration every = looks.every();
    return every.isPositive()
        && check.at().plus(every.multipliedBy(MISSED)).isBefore(clock.instant());
  }

  private WiringPage page(
      Operator operator, Optional<WiredStage> connected, Optional<WiringCheck> check) {
    return new WiringPage(
        connected.map(WiringPage.Connected::of),
        check.map(it -> WiringPage.Look.of(it, isOld(it))),
        looks.every(),
        operator.may(Task.CHANGE_RULES),
        operator.may(Task.DRAFT));
  }

  /**
   * Connects a stage, or connects it otherwise, and looks at it.
   *
   * @return what was found, or why it is refused
   */
  public Reading<WiringPage, Field> connect(Api api, String stage, WiringInput input) {
    Operator operator = operators.require(Task.CHANGE_RULES);
    Reading<WiredStage, Field> read = read(api, stage, input, operator);
    return switch (read) {
      case Reading.Problems<WiredStage, Field>(var problems) -> new Reading.Problems<>(problems);
      case Reading.Read<WiredStage, Field>(WiredStage wired) -> {
        record(wired, "connected");
        WiredStages stages = repository.wiredStages();
        // What was taken for right of another authorizer is no measure for this one.
        stages
            .find(api.id(), stage)
            .filter(before -> !isTheSame(before, wired))
            .ifPresent(stages::disconnect);
        stages.connect(wired);
        yield new Reading.Read<>(
            page(operator, Optional.of(wired), Optional.of(looks.look(wired))));
      }
    };
  }

  private static boolean isTheSame(WiredStage one, WiredStage other) {
    return one.region().equals(other.region())
        && one.authorizer().equals(other.authorizer())
        && one.tokenSource().equals(other.tokenSource());
  }

  private Reading<WiredStage, Field> read(
      Api api, String stage, WiringInput input, Operator operator) {
    var problems = new FormProblems<>(Field.class);
    String region = input.region().strip();
    String authorizer = input.authorizer().strip();
    String source = input.tokenSource().strip();
    if (!region.isEmpty() && !REGION.matcher(region).matches()) {
      problems.refuse(Field.REGION, "wiring.problem.region", region);
    }
    if (authorizer.length() > LONGEST || authorizer.chars().anyMatch(Character::isISOControl)) {
      problems.refuse(Field.AUTHORIZER, "wiring.problem.authorizer");
    }
    if (!source.isEmpty() && !SOURCE.matcher(source).matches()) {
      problems.refuse(Field.TOKEN_SOURCE, "wiring.problem.source", source);
    }
    return problems.reading(
        problems.isEmpty()
            ? Optional.of(
                new WiredStage(
                    api.id(),
                    stage,
                    region,
                    authorizer,
                    source.isEmpty() ? USUAL_SOURCE : source,
                    operator.name(),
                    clock.instant()))
            : Optional.empty());
  }

  /** Looks at a stage now; none where it is not connected. */
  public Optional<WiringPage> check(Api api, String stage) {
    Operator operator = operators.require(Task.DRAFT);
    return repository
        .wiredStages()
        .find(api.id(), stage)
        .map(it -> page(operator, Optional.of(it), Optional.of(looks.look(it))));
  }

  /**
   * Takes a stage for right as somebody saw it, so that drift counts from there.
   *
   * @param seen the state of the look that was seen; {@link AsSeen#WHATEVER}: of the last
   * @return why nothing was done; none where it was
   */
  public Optional<Refused> accept(Api api, String stage, AsSeen seen) {
    operators.require(Task.CHANGE_RULES);
    Optional<WiredStage> wired = repository.wiredStages().find(api.id(), stage);
    Optional<WiredStages.Kept> kept = repository.wiredStages().kept(api.id(), stage);
    if (wired.isEmpty() || kept.filter(it -> it.check().isRead()).isEmpty()) {
      return Optional.of(new Refused(false, Sentence.of("wiring.problem.unread")));
    }
    if (!seen.takes(kept.get().check().state())) {
      return Optional.of(MOVED);
    }
    record(wired.get(), "accepted");
    if (!looks.accept(wired.get(), kept.get())) {
      record(wired.get(), "not accepted: a look came between");
      return Optional.of(MOVED);
    }
    return Optional.empty();
  }

  /**
   * Why a stage was not taken for right.
   *
   * @param moved whether a look has found something that was not seen
   */
  public record Refused(boolean moved, Sentence why) {}

  /**
   * Looks at a stage no longer, and forgets what was found; nothing where it is not connected. The
   * policy may have it no more.
   */
  public void disconnect(ApiId api, String stage) {
    operators.require(Task.CHANGE_RULES);
    repository
        .wiredStages()
        .find(api, stage)
        .ifPresent(
            it -> {
              record(it, "disconnected");
              repository.wiredStages().disconnect(it);
            });
  }

  private void record(WiredStage stage, String what) {
    activity.record(
        ActivityKind.WIRING,
        stage.api() + "/" + stage.stage(),
        Map.of("change", what, "region", stage.region(), "authorizer", stage.authorizer()));
  }
}
