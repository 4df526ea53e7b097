package dev.grantway.resource;

import java.util.ArrayList;
import java.util.List;

/** Reads the template language that patterns and routes share (MODEL section 1). */
final class Segments {
  static final int MAX = 64;

  private Segments() {}

  static List<Segment> parse(String text) {
    if (!text.startsWith("/")) {
      throw new IllegalArgumentException("path `" + text + "` must start with /");
    }
    if (text.equals("/")) {
      return List.of();
    }
    String[] parts = text.substring(1).split("/", -1);
    if (parts.length > MAX) {
      throw new IllegalArgumentException("path `" + text + "` has more than " + MAX + " segments");
    }
    var segments = new ArrayList<Segment>();
    for (String part : parts) {
      if (part.isEmpty()) {
        throw new IllegalArgumentException(
            "path `" + text + "` has an empty segment: remove the extra or trailing slash");
      }
      segments.add(segment(part));
    }
    checkLast(text, segments);
    return List.copyOf(segments);
  }

  private static Segment segment(String part) {
    if (part.equals("**")) {
      return new Segment.Subtree();
    }
    if (part.startsWith("${claims.") && part.endsWith("}")) {
      return new Segment.Claim(part.substring("${claims.".length(), part.length() - 1));
    }
    if (part.startsWith("{") && part.endsWith("+}")) {
      return new Segment.Greedy(part.substring(1, part.length() - 2));
    }
    if (part.startsWith("{") && part.endsWith("}")) {
      return new Segment.Variable(part.substring(1, part.length() - 1));
    }
    return new Segment.Literal(part);
  }

  private static void checkLast(String text, List<Segment> segments) {
    for (Segment segment : segments.subList(0, segments.size() - 1)) {
      if (segment instanceof Segment.Greedy || segment instanceof Segment.Subtree) {
        throw new IllegalArgumentException(
            "path `" + text + "`: `" + segment + "` may only be the last segment");
      }
    }
  }

  /** Segment by segment, whatever variables are called. */
  static List<String> shape(List<Segment> segments) {
    var shape = new String[segments.size()];
    for (int i = 0; i < shape.length; i++) {
      shape[i] =
          switch (segments.get(i)) {
            case Segment.Variable variable -> "{}";
            case Segment.Greedy greedy -> "{+}";
            case Segment.Literal(var text) -> text;
            case Segment.Subtree subtree -> "**";
            case Segment.Claim claim -> claim.toString();
          };
    }
    return List.of(shape);
  }

  static String text(List<Segment> segments) {
    var out = new StringBuilder();
    for (Segment segment : segments) {
      out.append('/').append(segment);
    }
    return out.isEmpty() ? "/" : out.toString();
  }
}
