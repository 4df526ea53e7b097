package dev.grantway.compile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * Whether an exact document of aligned globs exists, for route tables of any size.
 *
 * <p>{@link AlignedGlobs} shows that none exists exactly if there is a chain: an allowed path, a
 * denied one of the table and an allowed one, each made from the one before by writing one or more
 * segments for each value that is no literal. Here the three are read side by side by the automaton
 * of all templates and patterns, whose states are few, so that no bound on lengths is needed.
 */
final class Chains {
  /** What becomes of a request. */
  enum Label {
    ALLOWED,
    DENIED,
    UNROUTED
  }

  /** A path of three that no aligned document can tell apart. */
  record Chain(String allowed, String denied, String lost) {}

  private static final String OTHER = "zz9";

  private final List<List<String>> shapes;
  private final List<String> symbols;
  private final int deepest;
  private final Function<String, Label> label;
  private final Map<State, State> states = new HashMap<>();

  /** How far every shape has come, with one path that leads there. */
  private static final class State {
    final int depth;
    final BitSet alive;
    final String path;
    final Map<String, State> next = new HashMap<>();
    Label label = Label.UNROUTED;
    boolean reachesAllowed;
    boolean reachesDenied;

    State(int depth, BitSet alive, String path) {
      this.depth = depth;
      this.alive = alive;
      this.path = path;
    }

    State after(String symbol) {
      return Objects.requireNonNull(next.get(symbol), symbol);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof State that && that.depth == depth && that.alive.equals(alive);
    }

    @Override
    public int hashCode() {
      return 31 * alive.hashCode() + depth;
    }
  }

  /** Where the three are; {@code step} 1 and 2: inside what is written for a value. */
  private record Three(State first, State second, State third, int step) {}

  /** {@code label} is asked for one path of each kind. */
  Chains(Collection<String> templates, Collection<String> patterns, Function<String, Label> label) {
    this.shapes = new ArrayList<>();
    var literals = new TreeSet<String>();
    int longest = 0;
    for (Collection<String> texts : List.of(templates, patterns)) {
      for (String text : texts) {
        List<String> shape = text.equals("$default") ? List.of("**") : OtherPaths.segments(text);
        shapes.add(shape);
        longest = Math.max(longest, shape.size());
        shape.stream()
            .filter(segment -> !OtherPaths.isVariable(segment) && !segment.equals("**"))
            .forEach(literals::add);
      }
    }
    this.deepest = longest + 1;
    this.label = label;
    this.symbols = new ArrayList<>(literals);
    symbols.add(OTHER);
  }

  Optional<Chain> find() {
    var all = new BitSet();
    all.set(0, shapes.size());
    State start = state(0, all, "");
    spread(start);
    var open = new ArrayDeque<Three>();
    var seen = new HashSet<Three>();
    offer(new Three(start, start, start, 0), open, seen);
    while (!open.isEmpty()) {
      Three three = open.poll();
      if (three.step() == 0
          && three.first().label == Label.ALLOWED
          && three.second().label == Label.DENIED
          && three.third().label == Label.ALLOWED) {
        return Optional.of(new Chain(three.first().path, three.second().path, three.third().path));
      }
      for (Three next : next(three)) {
        offer(next, open, seen);
      }
    }
    return Optional.empty();
  }

  private static void offer(Three three, ArrayDeque<Three> open, Set<Three> seen) {
    boolean hopeful =
        three.first().reachesAllowed
            && three.second().reachesDenied
            && three.third().reachesAllowed;
    if (hopeful && seen.add(three)) {
      open.add(three);
    }
  }

  private List<Three> next(Three three) {
    var next = new ArrayList<Three>();
    State first = three.first();
    State second = three.second();
    State third = three.third();
    if (three.step() == 0) {
      for (String symbol : symbols) {
        if (!symbol.equals(OTHER)) {
          next.add(new Three(first.after(symbol), second.after(symbol), third.after(symbol), 0));
        }
      }
      grow(first.after(OTHER), second, third, next);
    } else {
      next.add(new Three(first, second, third, three.step() - 1));
      if (three.step() == 1) {
        grow(first, second, third, next);
      } else {
        for (String symbol : symbols) {
          next.add(new Three(first, second, third.after(symbol), 2));
        }
      }
    }
    return next;
  }

  /** One more segment of the second path inside a value of the first. */
  private void grow(State first, State second, State third, List<Three> next) {
    for (String symbol : symbols) {
      State longer = second.after(symbol);
      if (symbol.equals(OTHER)) {
        symbols.forEach(inner -> next.add(new Three(first, longer, third.after(inner), 2)));
      } else {
        next.add(new Three(first, longer, third.after(symbol), 1));
      }
    }
  }

  private State state(int depth, BitSet alive, String path) {
    return states.computeIfAbsent(
        new State(Math.min(depth, deepest), alive, path),
        state -> {
          state.label = label.apply(path.isEmpty() ? "/" : path);
          return state;
        });
  }

  /** All states, and what can be reached from each. */
  private void spread(State start) {
    var order = new ArrayList<State>(List.of(start));
    for (int i = 0; i < order.size(); i++) {
      State state = order.get(i);
      for (String symbol : symbols) {
        BitSet alive = step(state, symbol);
        int before = states.size();
        State next = state(state.depth + 1, alive, state.path + "/" + symbol);
        state.next.put(symbol, next);
        if (states.size() > before) {
          order.add(next);
        }
      }
    }
    boolean changed = true;
    while (changed) {
      changed = false;
      for (State state : order.reversed()) {
        boolean allowed = state.label == Label.ALLOWED;
        boolean denied = state.label == Label.DENIED;
        for (State next : state.next.values()) {
          allowed |= next.reachesAllowed;
          denied |= next.reachesDenied;
        }
        changed |= allowed != state.reachesAllowed || denied != state.reachesDenied;
        state.reachesAllowed = allowed;
        state.reachesDenied = denied;
      }
    }
  }

  private BitSet step(State state, String symbol) {
    var alive = new BitSet();
    for (int s = state.alive.nextSetBit(0); s >= 0; s = state.alive.nextSetBit(s + 1)) {
      List<String> shape = shapes.get(s);
      String last = shape.isEmpty() ? "" : shape.getLast();
      String token =
          state.depth < shape.size()
              ? shape.get(state.depth)
              : last.equals("**") || OtherPaths.isGreedy(last) ? last : "";
      alive.set(s, token.equals("**") || OtherPaths.isVariable(token) || token.equals(symbol));
    }
    return alive;
  }
}
