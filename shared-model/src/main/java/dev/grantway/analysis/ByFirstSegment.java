package dev.grantway.analysis;

import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Things by the first segment of their patterns or templates. Two that begin with different
 * literals have no path in common, so of thousands only a few are worth a comparison.
 */
final class ByFirstSegment<T> {
  private final List<T> all;
  private final List<Integer> every;
  private final Map<String, List<Integer>> withLiteral = new HashMap<>();
  private final List<Integer> open = new ArrayList<>();

  ByFirstSegment(Collection<? extends T> things, Function<T, List<Segment>> segments) {
    this.all = List.copyOf(things);
    this.every = IntStream.range(0, all.size()).boxed().toList();
    for (int i = 0; i < all.size(); i++) {
      List<Segment> path = segments.apply(all.get(i));
      if (!path.isEmpty() && path.getFirst() instanceof Segment.Literal(var text)) {
        withLiteral.computeIfAbsent(text, key -> new ArrayList<>()).add(i);
      } else {
        open.add(i);
      }
    }
  }

  T at(int index) {
    return all.get(index);
  }

  /** The numbers of those that may have a path in common with such segments, in their order. */
  List<Integer> near(List<Segment> segments) {
    if (segments.isEmpty() || !(segments.getFirst() instanceof Segment.Literal(var text))) {
      return every;
    }
    List<Integer> same = withLiteral.getOrDefault(text, List.of());
    if (open.isEmpty()) {
      return same;
    }
    var near = new ArrayList<>(open);
    near.addAll(same);
    near.sort(null);
    return near;
  }
}
