package dev.grantway.analysis;

import dev.grantway.resource.ApiType;
import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds, for one template, a path for every way in which the rules can treat its paths. Segment by
 * segment it goes on with every literal and claim that a rule still waits for, and with a value
 * that none names; below a greedy variable also with the empty segment, and deeper until nothing
 * waits any more. So every path of the template is treated as one of these is: a rule asks of a
 * segment only which literal it is and whether it is empty.
 */
final class PathWalk {
  /** Stands for a value that no template and no pattern names: it may not enter one. */
  static final String FRESH = "|";

  private final ApiType type;
  private final @Nullable Template template;
  private final List<Rule> rules;
  private final int limit;
  private final List<Place> places = new ArrayList<>();

  /**
   * What looks at paths.
   *
   * @param byText whether only the text counts; otherwise a variable stands in variables only
   */
  record Rule(List<Segment> segments, boolean byText) {
    Rule {
      segments = List.copyOf(segments);
    }

    boolean waitsFor(int depth) {
      return depth < segments.size() || !segments.isEmpty() && last() instanceof Segment.Greedy;
    }

    private Segment last() {
      return segments.getLast();
    }
  }

  /**
   * A path of the template.
   *
   * @param request as a request has it
   * @param concerned the rules that may match it
   */
  record Place(RequestPath request, List<Integer> concerned) {
    Place {
      concerned = List.copyOf(concerned);
    }
  }

  /** Past the limit there are too many places to compare. */
  static final class TooManyPlaces extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyPlaces() {
      super("too many places", null, false, false);
    }
  }

  private PathWalk(ApiType type, @Nullable Template template, List<Rule> rules, int limit) {
    this.type = type;
    this.template = template;
    this.rules = rules;
    this.limit = limit;
  }

  /**
   * The places of a template, or of every path there is where {@code template} is null.
   *
   * @throws TooManyPlaces if there are more than {@code limit}
   */
  static List<Place> places(
      ApiType type, @Nullable Template template, List<Rule> rules, int limit) {
    var walk = new PathWalk(type, template, rules, limit);
    var all = new ArrayList<Integer>();
    for (int i = 0; i < rules.size(); i++) {
      all.add(i);
    }
    walk.from(List.of(), all, List.of());
    return walk.places;
  }

  /** A claim's value in these paths, other than every literal and every other claim's. */
  static String claimValue(String claim) {
    return FRESH + claim;
  }

  private void from(List<String> path, List<Integer> waiting, List<Integer> matched) {
    int depth = path.size();
    if (isEnd(depth)) {
      emit(path, waiting, matched);
    }
    if (!goesOn(path, waiting)) {
      return;
    }
    for (String segment : choices(depth, waiting)) {
      var stillWaiting = new ArrayList<Integer>();
      var nowMatched = new ArrayList<>(matched);
      for (int rule : waiting) {
        switch (step(rules.get(rule), depth, segment)) {
          case WAITS -> stillWaiting.add(rule);
          case MATCHES -> nowMatched.add(rule);
          case DEAD -> {}
        }
      }
      var longer = new ArrayList<>(path);
      longer.add(segment);
      from(longer, stillWaiting, nowMatched);
    }
  }

  private boolean isOpen() {
    return template == null || template.kind() == Template.Kind.DEFAULT;
  }

  /** Where the part begins that takes any number of segments, or past the end if none does. */
  private int tail() {
    if (template == null || isOpen()) {
      return 0;
    }
    return template.isGreedy() ? template.segments().size() - 1 : Integer.MAX_VALUE;
  }

  private boolean isEnd(int depth) {
    if (template == null || isOpen()) {
      return true;
    }
    return template.isGreedy() ? depth > tail() : depth == template.segments().size();
  }

  private boolean goesOn(List<String> path, List<Integer> waiting) {
    int depth = path.size();
    if (depth < tail()) {
      return template != null && depth < template.segments().size();
    }
    // A lone empty segment is no path below a greedy variable: something has to follow it.
    boolean started = depth > tail() && !(depth == tail() + 1 && path.getLast().isEmpty());
    return !started || !waiting.isEmpty();
  }

  private Iterable<String> choices(int depth, List<Integer> waiting) {
    if (template != null
        && depth < template.segments().size()
        && template.segments().get(depth) instanceof Segment.Literal(var text)) {
      return List.of(text);
    }
    var choices = new TreeSet<String>(List.of(FRESH));
    for (int rule : waiting) {
      List<Segment> segments = rules.get(rule).segments();
      if (depth < segments.size()) {
        switch (segments.get(depth)) {
          case Segment.Literal(var text) -> choices.add(text);
          case Segment.Claim(var name) -> choices.add(claimValue(name));
          case Segment.Variable variable -> {}
          case Segment.Greedy greedy -> {}
          case Segment.Subtree subtree -> {}
        }
      }
    }
    if (depth >= tail() && (depth == tail() || !waiting.isEmpty())) {
      choices.add("");
    }
    return choices;
  }

  private enum Step {
    WAITS,
    MATCHES,
    DEAD
  }

  private Step step(Rule rule, int depth, String segment) {
    List<Segment> segments = rule.segments();
    if (depth >= segments.size()) {
      // Only a greedy variable that has taken an empty segment still waits here.
      return rule.waitsFor(depth) ? Step.MATCHES : Step.DEAD;
    }
    boolean variable = rule.byText() || template == null || template.isVariableAt(depth);
    return switch (segments.get(depth)) {
      case Segment.Literal(var text) -> waitsIf(text.equals(segment));
      case Segment.Variable any -> waitsIf(variable && !segment.isEmpty());
      case Segment.Claim claim -> waitsIf(variable && !segment.isEmpty());
      case Segment.Greedy greedy ->
          variable ? segment.isEmpty() ? Step.WAITS : Step.MATCHES : Step.DEAD;
      case Segment.Subtree subtree -> Step.MATCHES;
    };
  }

  private static Step waitsIf(boolean matches) {
    return matches ? Step.WAITS : Step.DEAD;
  }

  private void emit(List<String> path, List<Integer> waiting, List<Integer> matched) {
    boolean noPath = path.equals(List.of(""));
    if (noPath) {
      return;
    }
    if (places.size() == limit) {
      throw new TooManyPlaces();
    }
    var concerned = new ArrayList<>(matched);
    concerned.addAll(waiting);
    // REST drops one trailing slash before it looks.
    boolean slash = type == ApiType.REST && !path.isEmpty() && path.getLast().isEmpty();
    String text = "/" + String.join("/", path) + (slash ? "/" : "");
    places.add(new Place(RequestPath.of(text), concerned));
  }
}
