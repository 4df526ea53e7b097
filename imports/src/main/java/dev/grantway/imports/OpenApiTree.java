package dev.grantway.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantway.analysis.Severity;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Position;
import dev.grantway.policyfile.YamlText;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Reads one YAML 1.2 or JSON document to a tree, and where its keys stand near the root. Aliases
 * count as all that they repeat: more than {@value #MOST_VALUES} values are refused, as are more
 * than {@value #DEEPEST} levels, repeated keys, and every {@code $ref} that does not begin with
 * {@code #}. Nothing outside the text is ever read.
 */
final class OpenApiTree {
  static final int MOST_VALUES = 2_000_000;
  static final int DEEPEST = 256;
  private static final String MERGE = "<<";
  private static final String CORRECT = "correct it, or check indentation and quotes around it";
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]{0,99})(\\.[0-9]{1,99})?([eE][+-]?[0-9]{1,2})?");

  /** How deep the keys are whose places are kept: those of operations of named path items. */
  private static final int PLACED = 6;

  private final Findings findings;
  private final Deque<Open> open = new ArrayDeque<>();
  private final Map<String, Counted> anchors = new HashMap<>();
  private final IdentityHashMap<JsonNode, Map<String, Position>> places = new IdentityHashMap<>();
  private final IdentityHashMap<JsonNode, Position> merges = new IdentityHashMap<>();
  private @Nullable JsonNode root;
  private Position end = Position.START;

  private OpenApiTree(Findings findings) {
    this.findings = findings;
  }

  /** A value and how many it is with all that is in it. */
  private record Counted(JsonNode node, long values) {}

  /** An object or list that is being read. */
  private static final class Open {
    private final JsonNode node;
    private final Optional<Anchor> anchor;
    private final int depth;
    private long values = 1;
    private @Nullable String key;

    Open(JsonNode node, Optional<Anchor> anchor, int depth) {
      this.node = node;
      this.anchor = anchor;
      this.depth = depth;
    }
  }

  /**
   * A document that was read.
   *
   * @param merges the objects that have a key {@code <<} without quotes, and where it stands
   */
  record Read(
      ObjectNode root,
      IdentityHashMap<JsonNode, Map<String, Position>> places,
      IdentityHashMap<JsonNode, Position> merges) {
    /** Where a key of an object stands. */
    Position at(JsonNode object, String key) {
      return places.getOrDefault(object, Map.of()).getOrDefault(key, Position.START);
    }

    /** Says where a key of an object stands that was put together from others. */
    void place(JsonNode object, String key, Position at) {
      places.computeIfAbsent(object, node -> new HashMap<>()).put(key, at);
    }
  }

  static Optional<Read> read(String text, Findings findings) {
    var tree = new OpenApiTree(findings);
    tree.document(text);
    if (findings.hasErrors()) {
      return Optional.empty();
    }
    if (tree.root instanceof ObjectNode object) {
      return Optional.of(new Read(object, tree.places, tree.merges));
    }
    findings.add(
        Severity.ERROR,
        Position.START,
        ImportCode.NOT_OPENAPI,
        "this is no OpenAPI document",
        "start it with `openapi: 3.0.3` and `paths:`");
    return Optional.empty();
  }

  private void document(String text) {
    var settings =
        LoadSettings.builder()
            .setCodePointLimit(Imports.MOST_BYTES)
            .setBufferSize(Math.max(1024, text.length()))
            .build();
    int documents = 0;
    try {
      for (Event event : new Parse(settings).parseString(YamlText.withoutTabs(text))) {
        end = event.getStartMark().map(OpenApiTree::position).orElse(end);
        if (event.getEventId() == Event.ID.DocumentStart && ++documents > 1) {
          findings.error(end, FindingCode.SYNTAX, "a second document starts", "keep one per file");
          return;
        }
        if (!take(event)) {
          return;
        }
      }
    } catch (MarkedYamlEngineException wrong) {
      Position at = wrong.getProblemMark().map(OpenApiTree::position).orElse(end);
      findings.error(
          at,
          FindingCode.SYNTAX,
          oneLine(wrong.getProblem() == null ? "this is not YAML" : wrong.getProblem()),
          CORRECT);
    } catch (YamlEngineException wrong) {
      findings.error(end, FindingCode.SYNTAX, oneLine(String.valueOf(wrong.getMessage())), CORRECT);
    }
  }

  /** False where there is no use in reading on. */
  private boolean take(Event event) {
    Optional<Anchor> anchor =
        event instanceof NodeEvent node && !(event instanceof AliasEvent)
            ? node.getAnchor()
            : Optional.empty();
    return switch (event.getEventId()) {
      case Alias -> alias(((AliasEvent) event).getAlias().getValue());
      case Scalar -> scalar((ScalarEvent) event, anchor);
      case MappingStart -> begin((CollectionStartEvent) event, NODES.objectNode(), anchor);
      case SequenceStart -> begin((CollectionStartEvent) event, NODES.arrayNode(), anchor);
      case MappingEnd, SequenceEnd -> {
        Open done = open.pop();
        yield value(new Counted(done.node, done.values), done.anchor);
      }
      default -> true;
    };
  }

  private boolean begin(CollectionStartEvent event, JsonNode node, Optional<Anchor> anchor) {
    if (open.size() == DEEPEST) {
      findings.error(
          end,
          FindingCode.TOO_DEEP,
          "values are nested more than " + DEEPEST + " deep",
          "flatten them");
      return false;
    }
    if (event.getTag().isPresent()) {
      return tagged();
    }
    if (isKeyWanted()) {
      findings.error(end, FindingCode.WRONG_TYPE, "a key is no text", "write a text");
      return false;
    }
    open.push(new Open(node, anchor, open.size()));
    return true;
  }

  private boolean tagged() {
    findings.error(end, FindingCode.SYNTAX, "tags are not used here", "remove what starts with !");
    return false;
  }

  private boolean isKeyWanted() {
    Open inside = open.peek();
    return inside != null && inside.node instanceof ObjectNode && inside.key == null;
  }

  private boolean alias(String name) {
    Counted known = anchors.get(name);
    if (known == null) {
      findings.error(
          end,
          FindingCode.ALIAS,
          "alias " + Findings.quote(name) + " names nothing that is complete before it",
          "write the value out");
      return false;
    }
    return isKeyWanted() ? key(known.node().asText()) : value(known, Optional.empty());
  }

  private boolean scalar(ScalarEvent event, Optional<Anchor> anchor) {
    if (event.getTag().isPresent()) {
      return tagged();
    }
    if (isKeyWanted()) {
      if (event.isPlain() && event.getValue().equals(MERGE)) {
        merges.put(open.element().node, end);
      }
      return key(event.getValue());
    }
    return value(new Counted(node(event), 1), anchor);
  }

  private static JsonNode node(ScalarEvent event) {
    String text = event.getValue();
    if (!event.isPlain()) {
      return NODES.textNode(text);
    }
    return switch (text) {
      case "", "null", "~" -> NODES.nullNode();
      case "true" -> NODES.booleanNode(true);
      case "false" -> NODES.booleanNode(false);
      default ->
          NUMBER.matcher(text).matches()
              ? NODES.numberNode(new BigDecimal(text))
              : NODES.textNode(text);
    };
  }

  private boolean key(String key) {
    Open inside = open.element();
    if (inside.node.has(key)) {
      findings.error(
          end,
          FindingCode.DUPLICATE_KEY,
          "key " + Findings.quote(key) + " is there twice",
          "keep one of them");
      return false;
    }
    inside.key = key;
    if (inside.depth < PLACED) {
      places.computeIfAbsent(inside.node, node -> new HashMap<>()).put(key, end);
    }
    return true;
  }

  private boolean value(Counted value, Optional<Anchor> anchor) {
    anchor.ifPresent(it -> anchors.put(it.getValue(), value));
    Open inside = open.peek();
    if (inside == null) {
      root = value.node();
      return true;
    }
    inside.values += value.values();
    if (inside.values > MOST_VALUES) {
      findings.add(
          Severity.ERROR,
          end,
          ImportCode.IMPORT_TOO_BIG,
          "with what aliases repeat there are more than " + MOST_VALUES + " values",
          "write less, or no aliases");
      return false;
    }
    if (inside.node instanceof ArrayNode list) {
      list.add(value.node());
    } else if (inside.node instanceof ObjectNode object && inside.key != null) {
      checkReference(inside.key, value.node());
      object.set(inside.key, value.node());
      inside.key = null;
    }
    return true;
  }

  private void checkReference(String key, JsonNode value) {
    if (key.equals("$ref") && value.isTextual() && !value.textValue().startsWith("#")) {
      findings.add(
          Severity.ERROR,
          end,
          ImportCode.REMOTE_REFERENCE,
          "reference " + Findings.quote(value.textValue()) + " leads out of this file",
          "bundle it into one file: nothing is fetched");
    }
  }

  private static Position position(Mark mark) {
    return new Position(mark.getLine() + 1, mark.getColumn() + 1);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ");
  }
}
