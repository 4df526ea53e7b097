package dev.grantway.admin.changes;

import dev.grantway.store.Progress;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.stereotype.Component;

/** How far the publishes of this app have come, by draft; for all threads. */
@Component
class PublishesUnderWay {
  private final Map<String, One> byDraft = new ConcurrentHashMap<>();

  /** One of them, until it is closed. */
  final class One implements Progress, AutoCloseable {
    private final String draft;
    private final String operator;
    private final int changes;
    private volatile UnderWay now;

    private One(String draft, String operator, int changes) {
      this.draft = draft;
      this.operator = operator;
      this.changes = changes;
      this.now = new UnderWay(operator, changes, UnderWay.Step.ASKING, 0, 0);
    }

    @Override
    public void at(String step, long done, long total) {
      var at = UnderWay.Step.valueOf(step.toUpperCase(Locale.ROOT));
      now = new UnderWay(operator, changes, at, done, total);
    }

    @Override
    public void close() {
      byDraft.remove(draft, this);
    }
  }

  One begin(String draft, String operator, int changes) {
    var one = new One(draft, operator, changes);
    byDraft.put(draft, one);
    return one;
  }

  Optional<UnderWay> of(String draft) {
    return Optional.ofNullable(byDraft.get(draft)).map(one -> one.now);
  }
}
