package dev.grantway.resource;

import java.util.List;

/** How much of a route's requests a resource pattern covers. */
public enum Reach {
  /** Every request of the route. */
  WHOLE,
  /** Some: a literal or a claim stands in a variable, or only some depths of a greedy one. */
  PART,
  /** No request of the route. */
  NONE;

  /** Compares a pattern with a template, segment by segment, by the rules of {@code covers}. */
  public static Reach of(ResourcePattern pattern, Template template) {
    return template.kind() == Template.Kind.DEFAULT
        ? ofDefault(pattern.segments())
        : from(pattern.segments(), template.segments(), 0, WHOLE);
  }

  /** {@code $default} serves every path and has no variable for a {@code {p}} to stand in. */
  private static Reach ofDefault(List<Segment> pattern) {
    boolean needsVariable =
        pattern.stream()
            .anyMatch(
                s ->
                    s instanceof Segment.Variable
                        || s instanceof Segment.Greedy
                        || s instanceof Segment.Claim);
    if (needsVariable) {
      return NONE;
    }
    return pattern.equals(List.of(new Segment.Subtree())) ? WHOLE : PART;
  }

  private static Reach from(List<Segment> pattern, List<Segment> template, int i, Reach soFar) {
    if (i == pattern.size() || i == template.size()) {
      boolean bothEnd = pattern.size() == template.size();
      boolean rest = i < pattern.size() && pattern.get(i) instanceof Segment.Subtree;
      return bothEnd || rest ? soFar : NONE;
    }
    Segment mine = pattern.get(i);
    Segment theirs = template.get(i);
    if (mine instanceof Segment.Subtree) {
      return soFar;
    }
    if (mine instanceof Segment.Greedy) {
      boolean variables =
          template.subList(i, template.size()).stream()
              .noneMatch(segment -> segment instanceof Segment.Literal);
      return variables ? soFar : NONE;
    }
    if (theirs instanceof Segment.Greedy) {
      // One variable and then anything is what a greedy variable is.
      boolean same =
          mine instanceof Segment.Variable
              && pattern.size() == i + 2
              && pattern.getLast() instanceof Segment.Subtree;
      return same ? soFar : PART;
    }
    return switch (mine) {
      case Segment.Literal literal ->
          theirs instanceof Segment.Literal
              ? literal.equals(theirs) ? from(pattern, template, i + 1, soFar) : NONE
              : from(pattern, template, i + 1, PART);
      case Segment.Variable variable ->
          theirs instanceof Segment.Variable ? from(pattern, template, i + 1, soFar) : NONE;
      case Segment.Claim claim ->
          theirs instanceof Segment.Variable ? from(pattern, template, i + 1, PART) : NONE;
      case Segment.Greedy greedy -> throw new IllegalStateException("handled above");
      case Segment.Subtree subtree -> throw new IllegalStateException("handled above");
    };
  }
}
