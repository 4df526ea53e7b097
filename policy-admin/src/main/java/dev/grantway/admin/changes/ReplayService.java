package dev.grantway.admin.changes;

import dev.grantway.admin.common.Found;
import dev.grantway.admin.common.FoundAside;
import dev.grantway.admin.security.Operators;
import dev.grantway.admin.security.Task;
import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.revision.Draft;
import dev.grantway.store.PolicyRepository;
import dev.grantway.usage.Replay;
import dev.grantway.usage.Use;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Service;

/** Replays the calls of the last days against drafts, aside. */
@Service
public class ReplayService {
  private static final int DAYS = 30;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final PolicyRepository repository;
  private final Drafts drafts;
  private final Reviews reviews;
  private final Operators operators;
  private final FoundAside<Asked, Replayed> found = new FoundAside<>(Asked::draft);

  /**
   * A state of a draft.
   *
   * @param hash of the state
   * @param hour since the epoch: logs grow
   */
  private record Asked(String draft, String hash, long hour) {}

  ReplayService(PolicyRepository repository, Drafts drafts, Reviews reviews, Operators operators) {
    this.repository = repository;
    this.drafts = drafts;
    this.reviews = reviews;
    this.operators = operators;
  }

  private Asked asked(DraftState state) {
    return new Asked(
        state.draft().map(Draft::id).orElse(""),
        state.hash(),
        drafts.now().getEpochSecond() / Duration.ofHours(1).toSeconds());
  }

  /** Which calls of the last 30 days a draft would have answered otherwise, as logs tell. */
  public Found<Replayed> replay(DraftState state) {
    operators.require(Task.SEE);
    if (state.draft().isEmpty() || !state.disputes().isEmpty()) {
      return new Found.Known<>(Replayed.NONE);
    }
    Set<ApiId> concerned = reviews.effect(drafts.copy(state), state).concerned().keySet();
    return concerned.isEmpty()
        ? new Found.Known<>(Replayed.NONE)
        : found.of(asked(state), PATIENCE, () -> replay(state, concerned));
  }

  /** The same as known, without waiting; for polls. */
  public Found<Replayed> knownReplay(DraftState state) {
    operators.require(Task.SEE);
    return found.known(asked(state));
  }

  private Replayed replay(DraftState state, Set<ApiId> concerned) {
    WorkingCopy after = drafts.copy(state);
    WorkingCopy before = after.withoutChanges();
    LocalDate today = LocalDate.ofInstant(drafts.now(), ZoneOffset.UTC);
    LocalDate from = today.minusDays(DAYS - 1L);
    var stages = new ArrayList<Replayed.OfStage>();
    for (ApiId id : new TreeSet<>(concerned)) {
      List<String> names = before.api(id).map(Api::stages).map(List::copyOf).orElse(List.of());
      for (String stage : names) {
        var use = new Use(repository.usage().days(id, stage, from, today), from, today);
        stages.add(
            new Replayed.OfStage(
                before.apiName(id),
                stage,
                use.told().told() == 0
                    ? List.of()
                    : Replay.of(before, after, id, stage, use.rows()),
                use.told()));
      }
    }
    return new Replayed(stages);
  }
}
