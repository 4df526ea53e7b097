package dev.grantway.policyfile;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads {@code when}: {@code {operator: {attribute: [values]}}}. */
final class ConditionReader {
  private static final String NEXT = "correct the condition";
  private final Findings findings;
  private final Entry owner;

  ConditionReader(Findings findings, Entry owner) {
    this.findings = findings;
    this.owner = owner;
  }

  Condition read(Node when) {
    var clauses = new ArrayList<Condition.Clause>();
    for (Node.Field operator : fields(when, "`when`")) {
      Position at = operator.key().at();
      String word = operator.key().value();
      Optional<Operator> parsed =
          findings.guard(at, FindingCode.BAD_CONDITION, nearest(word), () -> Operator.parse(word));
      for (Node.Field attribute : fields(operator.value(), Findings.quote(word))) {
        parsed.flatMap(known -> clause(known, attribute)).ifPresent(clauses::add);
      }
    }
    return findings
        .guard(when.at(), FindingCode.BAD_CONDITION, NEXT, () -> new Condition(clauses))
        .orElse(Condition.NONE);
  }

  private static String nearest(String word) {
    var words = List.of(Operator.values()).stream().map(Operator::word).toList();
    return Nearest.to(word, words).map(near -> "write `" + near + "`").orElse(NEXT);
  }

  private List<Node.Field> fields(Node node, String what) {
    if (node instanceof Node.Fields(var at, var fields) && !fields.isEmpty()) {
      return fields;
    }
    String is = node instanceof Node.Fields ? "empty" : node.kind();
    findings.error(
        node.at(),
        FindingCode.BAD_CONDITION,
        what + " is " + is,
        "write it like {StringEquals: {claims.region: [eu]}}");
    return List.of();
  }

  private Optional<Condition.Clause> clause(Operator operator, Node.Field field) {
    Optional<Attribute> attribute =
        findings.guard(
            field.key().at(),
            FindingCode.BAD_CONDITION,
            NEXT,
            () -> Attribute.parse(field.key().value()));
    List<String> values = values(field.value());
    return attribute.flatMap(
        known ->
            findings.guard(
                field.value().at(),
                FindingCode.BAD_CONDITION,
                NEXT,
                () -> new Condition.Clause(operator, known, values)));
  }

  /** One value may stand without brackets. */
  private List<String> values(Node node) {
    List<Node> items = node instanceof Node.Items(var at, var all) ? all : List.of(node);
    return items.stream()
        .flatMap(item -> owner.text(item, "a value of the condition").stream())
        .toList();
  }
}
