package dev.grantway.compile;

import dev.grantway.resource.Action;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.SortedMap;

/** Finds fewer Denies that close all that many do, and nothing that is granted (COMP-07). */
final class Widening {
  private final SortedMap<Action, List<VerbGlobs>> verbs;
  private final List<Fence> fences;
  private final Map<Action, ListIndex> listsOfVerb = new HashMap<>();
  private final Map<Fence, Integer> numbers = new HashMap<>();

  /** A Deny of one verb's paths. */
  record Fence(Action action, TokenList list) {}

  /** A Deny that stands for several; the action says nothing where it is for every verb. */
  record Wider(boolean everyVerb, Action action, TokenList list) {
    Wider {
      action = everyVerb ? Action.GET : action;
    }

    static Wider of(Fence fence) {
      return new Wider(false, fence.action, fence.list);
    }

    boolean contains(Fence fence) {
      return (everyVerb || action == fence.action) && list.contains(fence.list);
    }
  }

  /** What one of them closes that no better one closes already. */
  private record Candidate(Wider wider, int order, int closes) {
    static final Comparator<Candidate> BEST_FIRST =
        Comparator.comparingInt(Candidate::closes).reversed().thenComparingInt(Candidate::order);
  }

  private Widening(Collection<Fence> fences, SortedMap<Action, List<VerbGlobs>> verbs) {
    this.verbs = verbs;
    this.fences = List.copyOf(fences);
    for (Fence fence : this.fences) {
      numbers.put(fence, numbers.size());
    }
    for (Action action : verbs.keySet()) {
      listsOfVerb.put(
          action,
          new ListIndex(
              this.fences.stream().filter(f -> f.action == action).map(Fence::list).toList()));
    }
  }

  /**
   * Those that stand for more than one fence, the best one first.
   *
   * @param fences no two alike
   * @param verbs of each verb, the globs of every cell
   */
  static List<Wider> of(Collection<Fence> fences, SortedMap<Action, List<VerbGlobs>> verbs) {
    return new Widening(fences, verbs).choose();
  }

  private List<Wider> choose() {
    var closed = new LinkedHashMap<Wider, BitSet>();
    for (Fence fence : fences) {
      for (Wider wider : candidates(fence)) {
        closed.computeIfAbsent(wider, this::closedBy);
      }
    }
    var waiting = new PriorityQueue<>(Candidate.BEST_FIRST);
    closed.forEach(
        (wider, closes) -> waiting.add(new Candidate(wider, waiting.size(), closes.cardinality())));
    var chosen = new ArrayList<Wider>();
    var done = new BitSet();
    while (!waiting.isEmpty() && waiting.element().closes > 1) {
      Candidate best = waiting.remove();
      var left = (BitSet) closed.getOrDefault(best.wider, new BitSet()).clone();
      left.andNot(done);
      if (left.cardinality() < best.closes) {
        waiting.add(new Candidate(best.wider, best.order, left.cardinality()));
      } else if (!costs(best.wider)) {
        chosen.add(best.wider);
        done.or(left);
      }
    }
    return chosen;
  }

  private static Set<Wider> candidates(Fence fence) {
    TokenList list = fence.list;
    var candidates = new LinkedHashSet<Wider>();
    candidates.add(new Wider(true, fence.action, list));
    candidates.add(new Wider(false, fence.action, list.wild()));
    candidates.add(new Wider(true, fence.action, list.wild()));
    for (TokenList one : list.withOneMoreWild()) {
      candidates.add(new Wider(false, fence.action, one));
      candidates.add(new Wider(true, fence.action, one));
    }
    return candidates;
  }

  private BitSet closedBy(Wider wider) {
    var closed = new BitSet();
    listsOfVerb.forEach(
        (action, lists) -> {
          if (wider.everyVerb || wider.action == action) {
            for (TokenList list : lists.near(wider.list)) {
              if (wider.list.contains(list)) {
                closed.set(numbers.getOrDefault(new Fence(action, list), 0));
              }
            }
          }
        });
    return closed;
  }

  private boolean costs(Wider wider) {
    if (!wider.everyVerb) {
      return verbs.getOrDefault(wider.action, List.of()).stream()
          .anyMatch(globs -> globs.touches(wider.list));
    }
    TokenList behind = wider.list.behindAny();
    return verbs.values().stream()
        .flatMap(Collection::stream)
        .anyMatch(globs -> globs.touches(wider.list) || globs.touches(behind));
  }
}
