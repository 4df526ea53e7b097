package dev.grantway.resource;

import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * The resource side of a permission, in API Gateway's template language plus {@code /**} and {@code
 * ${claims.name}} (MODEL section 1). On WebSocket a route key or {@code **}. Wildcards {@code *},
 * {@code ?} and stray {@code $} are refused when read.
 */
public record ResourcePattern(boolean routeKey, List<Segment> segments) {
  public ResourcePattern {
    segments = List.copyOf(segments);
  }

  /** Reads {@code /orders/{id}}, {@code /files/{path+}}, {@code /orders/**}. */
  public static ResourcePattern parse(String text) {
    return new ResourcePattern(false, Segments.parse(text));
  }

  /** Reads a WebSocket route key, or {@code **} for every one. */
  public static ResourcePattern parseRouteKey(String text) {
    return new ResourcePattern(
        true, List.of(text.equals("**") ? new Segment.Subtree() : new Segment.Literal(text)));
  }

  /**
   * True if the path's text matches and every variable and claim of this pattern stands where the
   * template of the chosen route has a variable; a literal may stand in a variable, and {@code **}
   * stands anywhere. Without a route table ({@code template} null) only the text counts.
   */
  public boolean covers(RequestPath path, @Nullable Template template, ClaimBinding claims) {
    IntPredicate variableAt = template == null ? index -> true : template::isVariableAt;
    return Matching.matches(segments, path.segments(), claims, variableAt);
  }

  /** What it is, segment by segment, whatever its variables are called. */
  public List<String> shape() {
    return Segments.shape(segments);
  }

  @Override
  public String toString() {
    return routeKey ? segments.getFirst().toString() : Segments.text(segments);
  }
}
