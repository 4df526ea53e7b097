package dev.grantway.admin;

import dev.grantway.admin.common.OncePerRequest;
import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import dev.grantway.store.DraftRepository;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Drafts as one request reads them. A step that it stores leaves the rest of the table as it was.
 */
final class ReadOnceDrafts implements DraftRepository {
  private final DraftRepository table;

  ReadOnceDrafts(DraftRepository table) {
    this.table = table;
  }

  private enum Key {
    OPEN
  }

  private record OfId(String id) {}

  private record ChosenBy(String owner) {}

  @Override
  public Optional<Draft> find(String id) {
    return OncePerRequest.get(new OfId(id), () -> table.find(id));
  }

  @Override
  public List<Draft> open() {
    return OncePerRequest.get(Key.OPEN, table::open);
  }

  @Override
  public Optional<String> chosen(String owner) {
    return OncePerRequest.get(new ChosenBy(owner), () -> table.chosen(owner));
  }

  @Override
  public Appended append(Draft draft, DraftStep step) {
    Appended appended;
    try {
      appended = table.append(draft, step);
    } catch (RuntimeException unknown) {
      OncePerRequest.forget();
      throw unknown;
    }
    if (appended instanceof Appended.Stale) {
      // Somebody else was faster: head may have moved as well.
      OncePerRequest.forget();
    }
    OncePerRequest.put(new OfId(draft.id()), Optional.of(appended.draft()));
    return appended;
  }

  @Override
  public Draft create(String id, String name, String owner) {
    return written(() -> table.create(id, name, owner));
  }

  @Override
  public Draft rename(String id, String name) {
    return written(() -> table.rename(id, name));
  }

  @Override
  public void choose(String owner, String id) {
    written(
        () -> {
          table.choose(owner, id);
          return id;
        });
  }

  @Override
  public Draft setState(String id, Draft.State state) {
    return written(() -> table.setState(id, state));
  }

  @Override
  public boolean discard(Draft draft) {
    return written(() -> table.discard(draft));
  }

  private static <T> T written(Supplier<T> write) {
    try {
      return write.get();
    } finally {
      OncePerRequest.forget();
    }
  }

  @Override
  public void schedule(Due due) {
    table.schedule(due);
  }

  @Override
  public void unschedule(Due due) {
    table.unschedule(due);
  }

  @Override
  public List<Due> due(Instant until) {
    return table.due(until);
  }
}
