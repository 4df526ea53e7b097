package dev.grantway.analysis;

import dev.grantway.resource.ResourcePattern;
import dev.grantway.resource.Route;
import dev.grantway.resource.Segment;
import dev.grantway.resource.Template;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Routes by the segments of their templates: finds those of which a pattern may say something
 * without comparing it with each. What it finds is still to be compared; what it leaves out has
 * {@link dev.grantway.resource.Reach#NONE}.
 */
final class TemplateTree {
  private final Node root = new Node();

  /** Serve every path. */
  private final BitSet defaults = new BitSet();

  private static final class Node {
    /** Those that go through here, end here, or are greedy from here on. */
    private final BitSet through = new BitSet();

    private final BitSet ending = new BitSet();
    private final BitSet greedy = new BitSet();
    private final Map<String, Node> literals = new HashMap<>();
    private @Nullable Node variable;

    Node literal(String text) {
      return literals.computeIfAbsent(text, it -> new Node());
    }

    Node variable() {
      Node known = variable;
      if (known == null) {
        known = new Node();
        variable = known;
      }
      return known;
    }
  }

  TemplateTree(List<Route> routes) {
    for (int i = 0; i < routes.size(); i++) {
      add(routes.get(i).template(), i);
    }
  }

  private void add(Template template, int number) {
    if (template.kind() == Template.Kind.DEFAULT) {
      defaults.set(number);
      return;
    }
    Node at = root;
    at.through.set(number);
    for (Segment segment : template.segments()) {
      switch (segment) {
        case Segment.Literal(String text) -> at = at.literal(text);
        case Segment.Greedy greedy -> {
          at.greedy.set(number);
          return;
        }
        default -> at = at.variable();
      }
      at.through.set(number);
    }
    at.ending.set(number);
  }

  /** The numbers of the routes of which the pattern may say something. */
  BitSet near(ResourcePattern pattern) {
    var found = (BitSet) defaults.clone();
    collect(root, pattern.segments(), 0, found);
    return found;
  }

  private static void collect(Node node, List<Segment> pattern, int depth, BitSet found) {
    if (depth == pattern.size()) {
      found.or(node.ending);
      return;
    }
    found.or(node.greedy);
    Segment segment = pattern.get(depth);
    if (segment instanceof Segment.Subtree || segment instanceof Segment.Greedy) {
      found.or(node.through);
      return;
    }
    if (segment instanceof Segment.Literal(String text)) {
      Node literal = node.literals.get(text);
      if (literal != null) {
        collect(literal, pattern, depth + 1, found);
      }
    }
    if (node.variable != null) {
      collect(node.variable, pattern, depth + 1, found);
    }
  }
}
