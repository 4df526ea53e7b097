package dev.grantway.policyfile;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** One mapping of a file, read key by key; what is wrong with it becomes findings. */
final class Entry {
  private final Shape shape;
  private final Node.Fields node;
  private final Findings findings;

  private Entry(Shape shape, Node.Fields node, Findings findings) {
    this.shape = shape;
    this.node = node;
    this.findings = findings;
  }

  /** Refuses what is no mapping, and names every unknown key and the nearest known one. */
  static Optional<Entry> of(Shape shape, Node node, Findings findings) {
    if (!(node instanceof Node.Fields fields)) {
      findings.error(
          node.at(),
          FindingCode.WRONG_TYPE,
          shape.title() + " is " + node.kind(),
          "write a mapping with " + String.join(", ", shape.keys()));
      return Optional.empty();
    }
    for (Node.Field field : fields.fields()) {
      String key = field.key().value();
      if (!shape.keys().contains(key)) {
        findings.error(
            field.key().at(),
            FindingCode.UNKNOWN_KEY,
            "key " + Findings.quote(key) + " is unknown in " + shape.title(),
            Nearest.to(key, shape.keys())
                .map(near -> "the nearest known key is `" + near + "`")
                .orElse("remove it"));
      }
    }
    return Optional.of(new Entry(shape, fields, findings));
  }

  Position at() {
    return node.at();
  }

  /** Where the value of a key stands, or the mapping if it has none. */
  Position at(String key) {
    return value(key).map(Node::at).orElse(node.at());
  }

  boolean has(String key) {
    return value(key).isPresent();
  }

  Optional<Node> value(String key) {
    return node.fields().stream()
        .filter(field -> field.key().value().equals(key))
        .map(Node.Field::value)
        .findFirst();
  }

  Optional<String> text(String key) {
    return value(key).flatMap(value -> text(value, "`" + key + "`"));
  }

  /** A text; one that is missing is an error. */
  Optional<String> required(String key) {
    requireKey(key);
    return text(key);
  }

  /** True if the key is there; otherwise an error. */
  boolean requireKey(String key) {
    if (!has(key)) {
      findings.error(
          node.at(),
          FindingCode.MISSING_KEY,
          shape.title() + " needs `" + key + "`",
          "add `" + key + ": …`");
    }
    return has(key);
  }

  /** A text that becomes a value; what its record refuses is an error here. */
  <T> Optional<T> parsed(String key, FindingCode code, String next, Function<String, T> parse) {
    return text(key).flatMap(text -> findings.guard(at(key), code, next, () -> parse.apply(text)));
  }

  List<Node> items(String key) {
    return value(key).map(value -> items(value, "`" + key + "`")).orElse(List.of());
  }

  /** A list of texts. */
  List<Node.Text> texts(String key) {
    return items(key).stream()
        .flatMap(item -> textNode(item, "an element of `" + key + "`").stream())
        .toList();
  }

  /** A list of mappings. */
  List<Entry> entries(String key, Shape of) {
    var entries = new ArrayList<Entry>();
    items(key).forEach(item -> of(of, item, findings).ifPresent(entries::add));
    return entries;
  }

  Optional<Entry> entry(String key, Shape of) {
    return value(key).flatMap(value -> of(of, value, findings));
  }

  boolean flag(String key) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return false;
    }
    if (value.get() instanceof Node.Text text && text.isBoolean()) {
      return text.value().equals("true");
    }
    findings.error(
        at(key), FindingCode.WRONG_TYPE, "`" + key + "` is no boolean", "write true or false");
    return false;
  }

  Optional<Integer> number(String key) {
    Optional<Node> value = value(key);
    if (value.isEmpty()) {
      return Optional.empty();
    }
    if (value.get() instanceof Node.Text text
        && text.plain()
        && text.value().matches("-?[0-9]{1,9}")) {
      return Optional.of(Integer.valueOf(text.value()));
    }
    findings.error(
        at(key), FindingCode.WRONG_TYPE, "`" + key + "` is no whole number", "write digits only");
    return Optional.empty();
  }

  /** An instant with a zone, such as {@code 2026-01-31T00:00:00Z}. */
  Optional<Instant> instant(String key) {
    return parsed(
        key, FindingCode.BAD_WINDOW, "write it like 2026-01-31T00:00:00Z", Entry::parseInstant);
  }

  /** One of a few words. */
  Optional<String> word(String key, List<String> words) {
    Optional<String> text = text(key);
    if (text.isPresent() && !words.contains(text.get())) {
      findings.error(
          at(key),
          FindingCode.BAD_VALUE,
          "`" + key + "` is " + Findings.quote(text.get()),
          "write one of " + String.join(", ", words));
      return Optional.empty();
    }
    return text;
  }

  List<Node> items(Node value, String what) {
    if (value instanceof Node.Items(var at, var items)) {
      return items;
    }
    findings.error(
        value.at(),
        FindingCode.WRONG_TYPE,
        what + " is " + value.kind(),
        "write a list like [a, b]");
    return List.of();
  }

  Optional<String> text(Node value, String what) {
    return textNode(value, what).map(Node.Text::value);
  }

  Optional<Node.Text> textNode(Node value, String what) {
    if (value instanceof Node.Text text && !text.isNull()) {
      return Optional.of(text);
    }
    String is = value instanceof Node.Text ? "empty" : value.kind();
    findings.error(value.at(), FindingCode.WRONG_TYPE, what + " is " + is, "write a text");
    return Optional.empty();
  }

  private static Instant parseInstant(String text) {
    try {
      Instant instant = OffsetDateTime.parse(text).toInstant();
      if (instant.getNano() != 0) {
        throw new IllegalArgumentException(
            "instant " + Findings.quote(text) + " needs whole seconds");
      }
      return instant;
    } catch (DateTimeException notAnInstant) {
      throw new IllegalArgumentException(
          Findings.quote(text) + " is no instant with a zone", notAnInstant);
    }
  }
}
