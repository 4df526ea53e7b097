package dev.grantway.store;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Answers that nothing outlives. */
final class InMemoryKeptAnswers implements KeptAnswers {
  private final Map<Of, Held> held = new HashMap<>();

  private record Of(String caller, String key) {
    static Of call(Call call) {
      return new Of(call.caller(), call.key());
    }
  }

  private record Held(String print, Instant since, Optional<Answer> answer, boolean lost) {}

  @Override
  public synchronized Taken take(Call call, Instant now) {
    held.values().removeIf(it -> !now.isBefore(it.since().plus(KEPT)));
    Held before =
        held.putIfAbsent(Of.call(call), new Held(call.print(), now, Optional.empty(), false));
    if (before == null) {
      return new Taken.New();
    }
    if (!before.print().equals(call.print())) {
      return new Taken.OfAnother();
    }
    if (before.answer().isPresent()) {
      return new Taken.Done(before.answer().get());
    }
    return !before.lost() && now.isBefore(before.since().plus(LONGEST))
        ? new Taken.UnderWay(before.since())
        : new Taken.Unknown(before.since());
  }

  @Override
  public synchronized void keep(Call call, Instant now, Answer answer) {
    held.put(Of.call(call), new Held(call.print(), now, Optional.of(answer), false));
  }

  @Override
  public synchronized void lose(Call call, Instant begun) {
    held.computeIfPresent(
        Of.call(call),
        (of, it) ->
            it.answer().isPresent() ? it : new Held(call.print(), begun, Optional.empty(), true));
  }

  @Override
  public synchronized void forget(Call call) {
    held.remove(Of.call(call));
  }
}
