package dev.grantway.policyfile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.policy.Operator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The published JSON Schema knows what the reader knows, no more and no less. */
class SchemaTest {
  private static final Path SCHEMA = Path.of("../docs/policy-file.schema.json");

  @Test
  void everyMappingHasTheKeysOfTheReader() throws IOException {
    Set<Shape> shapes = EnumSet.range(Shape.DOCUMENT, Shape.PRINCIPAL);
    for (Shape shape : shapes) {
      String name = shape.name().toLowerCase(Locale.ROOT);
      assertThat(keys(field(field(field(schema(), "$defs"), name), "properties")))
          .as(name)
          .containsExactlyInAnyOrderElementsOf(shape.keys());
      assertThat(field(field(field(schema(), "$defs"), name), "additionalProperties"))
          .as(name)
          .isEqualTo(
              new Node.Text(
                  field(field(field(schema(), "$defs"), name), "additionalProperties").at(),
                  "false",
                  true));
    }
  }

  @Test
  void itKnowsEveryOperator() throws IOException {
    assertThat(keys(field(field(field(schema(), "$defs"), "condition"), "properties")))
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Operator.values()).map(Operator::word).toList());
  }

  private static Node schema() throws IOException {
    var findings = new Findings("schema");
    Node root = NodeReader.read(Files.readString(SCHEMA), findings).orElseThrow();
    assertThat(findings.sorted()).isEmpty();
    return root;
  }

  private static Node field(Node node, String key) {
    return ((Node.Fields) node)
        .fields().stream()
            .filter(field -> field.key().value().equals(key))
            .findFirst()
            .orElseThrow(() -> new AssertionError("no `" + key + "`"))
            .value();
  }

  private static List<String> keys(Node node) {
    return ((Node.Fields) node).fields().stream().map(field -> field.key().value()).toList();
  }
}
