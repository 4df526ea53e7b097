package dev.grantway.store;

import dev.grantway.revision.Draft;
import dev.grantway.revision.DraftStep;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Drafts that nothing outlives. */
final class InMemoryDrafts implements DraftRepository {
  private final Clock clock;
  private final Supplier<Head> head;
  private final Map<String, Draft> drafts = new LinkedHashMap<>();
  private final Map<String, String> chosen = new HashMap<>();
  private final SortedSet<Due> due =
      new TreeSet<>(Comparator.comparing(Due::when).thenComparing(Due::id));

  InMemoryDrafts(Clock clock, Supplier<Head> head) {
    this.clock = clock;
    this.head = head;
  }

  @Override
  public synchronized Draft create(String id, String name, String owner) {
    Draft there = drafts.get(id);
    if (there != null) {
      return there;
    }
    Head base = head.get();
    var draft =
        new Draft(
            id,
            name,
            owner,
            clock.instant(),
            Draft.State.OPEN,
            base.revision(),
            base.hash(),
            List.of());
    drafts.put(draft.id(), draft);
    return draft;
  }

  @Override
  public synchronized Optional<Draft> find(String id) {
    return Optional.ofNullable(drafts.get(id));
  }

  @Override
  public synchronized List<Draft> open() {
    return drafts.values().stream()
        .filter(draft -> draft.state() == Draft.State.OPEN)
        .sorted(Comparator.comparing(Draft::createdAt).reversed())
        .map(draft -> draft.with(List.of()))
        .toList();
  }

  @Override
  public synchronized Appended append(Draft draft, DraftStep step) {
    Draft stored = drafts.getOrDefault(draft.id(), draft);
    if (stored.steps().size() != draft.steps().size() || stored.state() != Draft.State.OPEN) {
      return new Appended.Stale(stored);
    }
    var steps = new ArrayList<>(stored.steps());
    steps.add(step);
    Draft after = stored.with(steps);
    drafts.put(after.id(), after);
    return new Appended.Stored(after);
  }

  @Override
  public synchronized Draft rename(String id, String name) {
    Draft after = Optional.ofNullable(drafts.get(id)).orElseThrow().named(name);
    drafts.put(id, after);
    return after;
  }

  @Override
  public synchronized Optional<String> chosen(String owner) {
    return Optional.ofNullable(chosen.get(owner));
  }

  @Override
  public synchronized void choose(String owner, String id) {
    chosen.put(owner, id);
  }

  @Override
  public synchronized void schedule(Due it) {
    due.add(it);
  }

  @Override
  public synchronized void unschedule(Due it) {
    due.remove(it);
  }

  @Override
  public synchronized List<Due> due(Instant until) {
    return due.stream().filter(it -> !it.when().isAfter(until)).toList();
  }

  @Override
  public synchronized boolean discard(Draft draft) {
    Draft stored = drafts.getOrDefault(draft.id(), draft);
    boolean asRead =
        stored.state() == Draft.State.OPEN && stored.steps().size() == draft.steps().size();
    if (asRead) {
      drafts.put(draft.id(), stored.in(Draft.State.DISCARDED));
    }
    return asRead;
  }

  @Override
  public synchronized Draft setState(String id, Draft.State state) {
    Draft draft = Optional.ofNullable(drafts.get(id)).orElseThrow();
    Draft after = draft.in(state);
    drafts.put(id, after);
    return after;
  }
}
