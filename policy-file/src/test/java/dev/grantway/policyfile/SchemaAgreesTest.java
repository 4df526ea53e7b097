package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** The published JSON Schema takes what the reader takes, and refuses what it refuses. */
class SchemaAgreesTest {
  private static final Path SCHEMA = Path.of("../docs/policy-file.schema.json");

  private static Node parse(String text) {
    var findings = new Findings("text");
    Node node = NodeReader.read(text, findings).orElseThrow();
    assertThat(findings.sorted()).isEmpty();
    return node;
  }

  private static Node schema() throws IOException {
    return parse(Files.readString(SCHEMA));
  }

  private static boolean isRead(Node document) {
    return PolicyFile.read(SchemaCheck.json(document), "mutant.json") instanceof PolicyFile.Read;
  }

  @Test
  void theExamplesAreValid() throws IOException {
    for (String text :
        List.of(Samples.CONTRACT, Examples.policyFile(), PolicyFile.ordersSample())) {
      assertThat(SchemaCheck.problems(schema(), parse(text))).isEmpty();
    }
  }

  @Test
  void aKeyThatIsMisspeltIsRefusedByBoth() throws IOException {
    Node schema = schema();
    var mutants = new ArrayList<Mutant>();
    Node example = parse(Examples.policyFile());
    mutate(example, UnaryOperator.identity(), "$", mutants, SchemaAgreesTest::misspelt);
    assertThat(mutants.size()).isGreaterThan(80);
    for (Mutant mutant : mutants) {
      assertThat(SchemaCheck.problems(schema, mutant.document())).as(mutant.what()).isNotEmpty();
      assertThat(isRead(mutant.document())).as(mutant.what()).isFalse();
    }
  }

  @Test
  void aKeyThatIsMissingIsRefusedByBothOrByNone() throws IOException {
    Node schema = schema();
    var mutants = new ArrayList<Mutant>();
    Node example = parse(Examples.policyFile());
    mutate(example, UnaryOperator.identity(), "$", mutants, SchemaAgreesTest::without);
    int refused = 0;
    for (Mutant mutant : mutants) {
      boolean valid = SchemaCheck.problems(schema, mutant.document()).isEmpty();
      // What is only refused because something else names it is beyond a schema.
      if (!valid) {
        refused++;
        assertThat(isRead(mutant.document())).as(mutant.what()).isFalse();
      }
    }
    assertThat(refused).isGreaterThan(30);
  }

  @Test
  void aValueOfAnotherKindIsRefusedByBoth() throws IOException {
    Node schema = schema();
    var mutants = new ArrayList<Mutant>();
    Node example = parse(Examples.policyFile());
    mutate(example, UnaryOperator.identity(), "$", mutants, SchemaAgreesTest::ofAnotherKind);
    for (Mutant mutant : mutants) {
      if (mutant.what().contains(".claims.") || mutant.what().contains(".routes[")) {
        continue;
      }
      assertThat(SchemaCheck.problems(schema, mutant.document())).as(mutant.what()).isNotEmpty();
      assertThat(isRead(mutant.document())).as(mutant.what()).isFalse();
    }
  }

  private record Mutant(String what, Node document) {}

  private interface Change {
    Node.Fields of(Node.Fields fields, int index);
  }

  private static Node.Fields misspelt(Node.Fields fields, int index) {
    Node.Field field = fields.fields().get(index);
    var key = new Node.Text(field.key().at(), field.key().value() + "x", false);
    return with(fields, index, new Node.Field(key, field.value()));
  }

  private static Node.Fields ofAnotherKind(Node.Fields fields, int index) {
    Node.Field field = fields.fields().get(index);
    Node other =
        field.value() instanceof Node.Items
            ? new Node.Text(field.value().at(), "text", false)
            : new Node.Items(field.value().at(), List.of());
    return with(fields, index, new Node.Field(field.key(), other));
  }

  private static Node.Fields without(Node.Fields fields, int index) {
    var left = new ArrayList<>(fields.fields());
    left.remove(index);
    return new Node.Fields(fields.at(), left);
  }

  private static Node.Fields with(Node.Fields fields, int index, Node.Field field) {
    var changed = new ArrayList<>(fields.fields());
    changed.set(index, field);
    return new Node.Fields(fields.at(), changed);
  }

  /** One mutant for each field of the document but those whose names are people's own. */
  private static void mutate(
      Node node, UnaryOperator<Node> put, String at, List<Mutant> mutants, Change change) {
    switch (node) {
      case Node.Text text -> {}
      case Node.Items(var where, var items) -> {
        for (int i = 0; i < items.size(); i++) {
          int index = i;
          UnaryOperator<Node> here =
              changed -> {
                var all = new ArrayList<>(items);
                all.set(index, changed);
                return put.apply(new Node.Items(where, all));
              };
          mutate(items.get(i), here, at + "[" + i + "]", mutants, change);
        }
      }
      case Node.Fields fields -> {
        for (int i = 0; i < fields.fields().size(); i++) {
          int index = i;
          Node.Field field = fields.fields().get(i);
          String here = at + "." + field.key().value();
          boolean ownName = at.endsWith(".claims") || field.key().value().startsWith("claims.");
          if (!ownName) {
            mutants.add(new Mutant(here, put.apply(change.of(fields, i))));
          }
          UnaryOperator<Node> inside =
              changed -> put.apply(with(fields, index, new Node.Field(field.key(), changed)));
          mutate(field.value(), inside, here, mutants, change);
        }
      }
    }
  }
}
