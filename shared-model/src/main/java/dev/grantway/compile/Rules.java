package dev.grantway.compile;

import dev.grantway.decision.Applicability;
import dev.grantway.policy.Permission;
import dev.grantway.resource.ClaimBinding;
import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/**
 * Everything that looks at a path when it is routed and decided, as far as a path has come: the
 * proof's own reading of templates and patterns. The first rule is the route that is proved.
 */
final class Rules {
  /** How far a rule has come: a dead one is not kept at all. */
  enum Progress {
    /** Every segment so far was the one at its place. */
    INSIDE,
    /** A greedy variable has taken one empty segment, which alone it cannot be. */
    EMPTY_TAIL,
    /** Whatever follows, it matches. */
    ANYTHING
  }

  private final List<List<Segment>> rules;

  private Rules(Collection<List<Segment>> rules) {
    this.rules = List.copyOf(rules);
  }

  static Rules of(
      CompileRequest request, Collection<Permission> permissions, ResourcePattern territory) {
    var rules = new LinkedHashSet<List<Segment>>();
    rules.add(unnamed(territory.segments(), ClaimBinding.NONE));
    for (Route route : request.api().routes().routes()) {
      rules.add(unnamed(route.template().segments(), ClaimBinding.NONE));
    }
    for (Permission permission : permissions) {
      boolean concerned =
          permission.api().equals(request.api().id())
              && request.request().principal().roles().contains(permission.role());
      if (concerned && !permission.resource().routeKey()) {
        ClaimBinding claims =
            Applicability.binding(permission.effect(), request.request().principal());
        rules.add(unnamed(permission.resource().segments(), claims));
      }
    }
    return new Rules(rules);
  }

  /** The same whatever variables are called, so that equal rules are walked once. */
  private static List<Segment> unnamed(List<Segment> segments, ClaimBinding claims) {
    var unnamed = new ArrayList<Segment>();
    for (Segment segment : segments) {
      unnamed.add(
          switch (segment) {
            case Segment.Variable variable -> new Segment.Variable("p");
            case Segment.Greedy greedy -> new Segment.Greedy("p");
            case Segment.Claim(var name) -> {
              Optional<String> value = claims.value(name);
              yield value.isPresent()
                  ? new Segment.Literal(value.get())
                  : claims.unboundMatches() ? new Segment.Variable("p") : segment;
            }
            case Segment.Literal literal -> literal;
            case Segment.Subtree subtree -> subtree;
          });
    }
    return unnamed;
  }

  int count() {
    return rules.size();
  }

  /** The literal that a rule waits for at that place. */
  Optional<String> literalAt(int rule, int depth) {
    List<Segment> segments = rules.get(rule);
    return depth < segments.size() && segments.get(depth) instanceof Segment.Literal(var text)
        ? Optional.of(text)
        : Optional.empty();
  }

  /** How far the rule comes with one more segment; empty if it is dead. */
  Optional<Progress> step(int rule, Progress before, int depth, String segment) {
    if (before != Progress.INSIDE) {
      return Optional.of(Progress.ANYTHING);
    }
    List<Segment> segments = rules.get(rule);
    if (depth >= segments.size()) {
      return Optional.empty();
    }
    return switch (segments.get(depth)) {
      case Segment.Literal(var text) -> insideIf(text.equals(segment));
      case Segment.Variable variable -> insideIf(!segment.isEmpty());
      case Segment.Claim claim -> Optional.empty();
      case Segment.Greedy greedy ->
          Optional.of(segment.isEmpty() ? Progress.EMPTY_TAIL : Progress.ANYTHING);
      case Segment.Subtree subtree -> Optional.of(Progress.ANYTHING);
    };
  }

  private static Optional<Progress> insideIf(boolean matches) {
    return matches ? Optional.of(Progress.INSIDE) : Optional.empty();
  }
}
