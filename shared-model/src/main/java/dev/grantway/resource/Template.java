package dev.grantway.resource;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The path of a route as API Gateway has it: literals, {@code {p}} variables, perhaps a greedy
 * {@code {p+}} tail; or {@code $default} of an HTTP API, which matches every path; or the route key
 * of a WebSocket API.
 */
public record Template(Kind kind, List<Segment> segments) {
  /** Stands for a value that no template names: it may not enter one. */
  private static final String FRESH = "|";

  /** What the text of a template is. */
  public enum Kind {
    PATH,
    DEFAULT,
    ROUTE_KEY
  }

  public Template {
    segments = List.copyOf(segments);
    for (Segment segment : segments) {
      if (segment instanceof Segment.Subtree || segment instanceof Segment.Claim) {
        throw new IllegalArgumentException(
            "`" + segment + "` belongs in a permission, not in a route");
      }
    }
  }

  /** Reads {@code /orders/{id}} or {@code $default}. */
  public static Template parse(String text) {
    return text.equals("$default")
        ? new Template(Kind.DEFAULT, List.of())
        : new Template(Kind.PATH, Segments.parse(text));
  }

  /** Reads a WebSocket route key: {@code $connect}, {@code $default}, {@code sendMessage}. */
  public static Template ofRouteKey(String key) {
    return new Template(Kind.ROUTE_KEY, List.of(new Segment.Literal(key)));
  }

  public boolean isGreedy() {
    return !segments.isEmpty() && segments.getLast() instanceof Segment.Greedy;
  }

  /** True where a variable of this template stands for the segment at that place of a path. */
  public boolean isVariableAt(int index) {
    return index < segments.size() ? !(segments.get(index) instanceof Segment.Literal) : isGreedy();
  }

  /** True if the path's text is one of this template's, whatever other routes there are. */
  boolean matches(RequestPath path) {
    return kind == Kind.DEFAULT
        || Matching.matches(segments, path.segments(), ClaimBinding.NONE, index -> true);
  }

  /** A path with the literals of both templates where they have one, and fresh values elsewhere. */
  RequestPath shared(Template other) {
    int depth = Math.max(segments.size(), other.segments.size());
    var texts = new ArrayList<String>();
    for (int i = 0; i < depth; i++) {
      int at = i;
      texts.add(literalAt(at).or(() -> other.literalAt(at)).orElse(FRESH));
    }
    return RequestPath.of("/" + String.join("/", texts));
  }

  /** One of its paths, whose values no other template names. */
  public RequestPath sample() {
    return shared(this);
  }

  private Optional<String> literalAt(int index) {
    return index < segments.size() && segments.get(index) instanceof Segment.Literal(var text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** The same template, whatever its variables are called. */
  public boolean sameShape(Template other) {
    return kind == other.kind && (segments.equals(other.segments) || shape().equals(other.shape()));
  }

  /** What it is, segment by segment, whatever its variables are called. */
  public List<String> shape() {
    return Segments.shape(segments);
  }

  @Override
  public String toString() {
    return switch (kind) {
      case PATH -> Segments.text(segments);
      case DEFAULT -> "$default";
      case ROUTE_KEY -> segments.getFirst().toString();
    };
  }
}
