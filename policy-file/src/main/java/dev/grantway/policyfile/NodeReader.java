package dev.grantway.policyfile;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Text to {@link Node}s: one YAML 1.2 document, of which JSON is a part. Aliases, anchors, tags and
 * repeated keys are refused, so that what is read is what was typed, and no more than that.
 */
final class NodeReader {
  static final int MAX_CHARACTERS = 16 * 1024 * 1024;
  static final int MAX_DEPTH = 32;
  private static final String CORRECT = "correct it, or check indentation and quotes around it";

  private final Findings findings;
  private final Deque<Open> open = new ArrayDeque<>();
  private @Nullable Node root;
  private Position end = Position.START;

  NodeReader(Findings findings) {
    this.findings = findings;
  }

  /** A list or mapping that is being read; in a mapping keys and values take turns. */
  private record Open(Position at, boolean mapping, List<Node> children) {}

  static Optional<Node> read(String text, Findings findings) {
    if (text.length() > MAX_CHARACTERS) {
      findings.error(
          Position.START,
          FindingCode.TOO_BIG,
          "file has " + text.length() + " characters, more than " + MAX_CHARACTERS,
          "split the policy by API");
      return Optional.empty();
    }
    return new NodeReader(findings).document(text);
  }

  private Optional<Node> document(String text) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(MAX_CHARACTERS)
            // All at once: the parser copies what it has of a long text each time it reads on.
            .setBufferSize(Math.max(1024, text.length()))
            .build();
    int documents = 0;
    try {
      for (Event event : new Parse(settings).parseString(YamlText.withoutTabs(text))) {
        if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
          findings.error(
              position(event), FindingCode.SYNTAX, "a second document starts", "keep one per file");
          return Optional.empty();
        }
        if (!take(event)) {
          return Optional.empty();
        }
      }
    } catch (MarkedYamlEngineException wrong) {
      Position at = wrong.getProblemMark().map(NodeReader::position).orElse(end);
      String problem = wrong.getProblem() == null ? "this is not YAML" : wrong.getProblem();
      findings.error(at, FindingCode.SYNTAX, oneLine(problem), CORRECT);
      return Optional.empty();
    } catch (YamlEngineException wrong) {
      findings.error(end, FindingCode.SYNTAX, oneLine(String.valueOf(wrong.getMessage())), CORRECT);
      return Optional.empty();
    }
    if (root == null) {
      findings.error(
          Position.START, FindingCode.SYNTAX, "file is empty", "start it with `grantway: 1`");
    }
    return Optional.ofNullable(root);
  }

  private boolean take(Event event) {
    end = position(event);
    if (event instanceof AliasEvent
        || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
      findings.error(
          end, FindingCode.ALIAS, "anchors and aliases are not used here", "write the value out");
      return false;
    }
    if (hasTag(event)) {
      findings.error(
          end, FindingCode.SYNTAX, "tags are not used here", "remove what starts with !");
      return false;
    }
    switch (event.getEventId()) {
      case Scalar ->
          add(
              new Node.Text(
                  end, ((ScalarEvent) event).getValue(), ((ScalarEvent) event).isPlain()));
      case MappingStart, SequenceStart -> {
        if (open.size() == MAX_DEPTH) {
          findings.error(
              end,
              FindingCode.TOO_DEEP,
              "values are nested more than " + MAX_DEPTH + " deep",
              "flatten them");
          return false;
        }
        open.push(new Open(end, event.getEventId() == Event.ID.MappingStart, new ArrayList<>()));
      }
      case MappingEnd, SequenceEnd -> {
        Open done = open.pop();
        add(
            done.mapping()
                ? mapping(done)
                : new Node.Items(done.at(), List.copyOf(done.children())));
      }
      default -> {}
    }
    return true;
  }

  private static boolean hasTag(Event event) {
    return event instanceof ScalarEvent scalar && scalar.getTag().isPresent()
        || event instanceof CollectionStartEvent start && start.getTag().isPresent();
  }

  private void add(Node node) {
    if (open.isEmpty()) {
      root = node;
    } else {
      open.peek().children().add(node);
    }
  }

  private Node mapping(Open done) {
    var fields = new ArrayList<Node.Field>();
    var seen = new HashSet<String>();
    for (int i = 0; i + 1 < done.children().size(); i += 2) {
      Node key = done.children().get(i);
      if (!(key instanceof Node.Text text)) {
        findings.error(key.at(), FindingCode.WRONG_TYPE, "a key is " + key.kind(), "write a text");
      } else if (!seen.add(text.value())) {
        findings.error(
            key.at(),
            FindingCode.DUPLICATE_KEY,
            "key " + Findings.quote(text.value()) + " is there twice",
            "keep one of them");
      } else {
        fields.add(new Node.Field(text, done.children().get(i + 1)));
      }
    }
    return new Node.Fields(done.at(), List.copyOf(fields));
  }

  private static Position position(Event event) {
    return event.getStartMark().map(NodeReader::position).orElse(Position.START);
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
