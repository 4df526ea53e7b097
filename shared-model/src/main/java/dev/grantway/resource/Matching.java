package dev.grantway.resource;

import java.util.List;
import java.util.function.IntPredicate;

/** Matches segments against a path, left to right, once: linear in the path's length. */
final class Matching {
  private Matching() {}

  /** {@code variableAt} says where {@code {p}}, {@code {p+}} and claims may stand. */
  static boolean matches(
      List<Segment> segments, List<String> path, ClaimBinding claims, IntPredicate variableAt) {
    for (int i = 0; i < segments.size(); i++) {
      switch (segments.get(i)) {
        case Segment.Subtree subtree -> {
          return true;
        }
        case Segment.Greedy greedy -> {
          return greedyMatches(path, i, variableAt);
        }
        case Segment segment -> {
          if (i >= path.size() || !one(segment, path.get(i), i, claims, variableAt)) {
            return false;
          }
        }
      }
    }
    return segments.size() == path.size();
  }

  private static boolean greedyMatches(List<String> path, int from, IntPredicate variableAt) {
    boolean empty = path.size() <= from || path.size() == from + 1 && path.get(from).isEmpty();
    if (empty) {
      return false;
    }
    for (int i = from; i < path.size(); i++) {
      if (!variableAt.test(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean one(
      Segment segment, String text, int index, ClaimBinding claims, IntPredicate variableAt) {
    return switch (segment) {
      case Segment.Literal(var literal) -> literal.equals(text);
      case Segment.Variable variable -> !text.isEmpty() && variableAt.test(index);
      case Segment.Claim(var name) ->
          !text.isEmpty()
              && variableAt.test(index)
              && claims.value(name).map(text::equals).orElse(claims.unboundMatches());
      case Segment.Greedy greedy -> false;
      case Segment.Subtree subtree -> true;
    };
  }
}
