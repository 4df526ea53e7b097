package dev.grantway.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a role of a template may do, by our own IAM evaluator. A request is about one partition
 * here, so the set operators say what their plain ones do: for all of one value, or of none, is "if
 * it exists"; for any is the value.
 */
final class RolePolicy {
  private static final String TABLE = "arn:aws:dynamodb:eu-central-1:123456789012:table/policy";
  private static final String KEY = "arn:aws:kms:eu-central-1:123456789012:key/k";

  private final PolicyDocument document;

  private RolePolicy(PolicyDocument document) {
    this.document = document;
  }

  /**
   * The one policy that is attached to the role whose logical id begins so; references to the
   * table's and its key's ARN become those above, any other a name of its own.
   */
  static RolePolicy of(JsonNode template, String role) {
    var found = new ArrayList<JsonNode>();
    for (JsonNode resource : template.path("Resources")) {
      if (resource.path("Type").asText().equals("AWS::IAM::Policy")
          && resource.at("/Properties/Roles/0/Ref").asText().matches(role + "[0-9A-F]{8}")) {
        found.add(resource.at("/Properties/PolicyDocument"));
      }
    }
    assertThat(found).as("policies of " + role).hasSize(1);
    return new RolePolicy(PolicyDocument.read(plain(found.getFirst()).toString()));
  }

  private static JsonNode plain(JsonNode document) {
    for (JsonNode statement : document.path("Statement")) {
      var object = (ObjectNode) statement;
      var resources = object.putArray("Plain");
      var named = object.remove("Resource");
      (named.isArray() ? named : JsonNodeFactory.instance.arrayNode().add(named))
          .forEach(it -> resources.add(arn(it)));
      object.set("Resource", object.remove("Plain"));
      if (object.path("Condition") instanceof ObjectNode conditions) {
        rename(conditions, "ForAllValues:StringLike", "StringLikeIfExists");
        rename(conditions, "ForAnyValue:StringLike", "StringLike");
      }
    }
    return document;
  }

  private static void rename(ObjectNode conditions, String from, String to) {
    JsonNode condition = conditions.remove(from);
    if (condition != null) {
      conditions.set(to, condition);
    }
  }

  private static String arn(JsonNode resource) {
    return switch (resource.path("Ref").asText()) {
      case "TableArn" -> TABLE;
      case "TableKeyArn" -> KEY;
      case "" -> joined(resource);
      default ->
          "arn:aws:other:eu-central-1:123456789012:" + Integer.toHexString(resource.hashCode());
    };
  }

  /** What is put together of texts and references is told with the references as `x`. */
  private static String joined(JsonNode resource) {
    JsonNode parts = resource.at("/Fn::Join/1");
    if (parts.isMissingNode()) {
      return "arn:aws:other:eu-central-1:123456789012:" + Integer.toHexString(resource.hashCode());
    }
    var text = new StringBuilder();
    parts.forEach(part -> text.append(part.isTextual() ? part.asText() : "x"));
    return text.toString();
  }

  /** Whether the table's partition may be asked so; an empty partition is none named. */
  boolean allows(String action, String partition) {
    var context =
        partition.isEmpty()
            ? IamContext.NONE
            : new IamContext(Map.of("dynamodb:LeadingKeys", partition));
    return IamEvaluator.evaluate(document, "dynamodb:" + action, TABLE, context) == Verdict.ALLOW;
  }

  /** Whether the key may be used through that service. */
  boolean decrypts(String via) {
    return IamEvaluator.evaluate(
            document, "kms:Decrypt", KEY, new IamContext(Map.of("kms:ViaService", via)))
        == Verdict.ALLOW;
  }

  /** On what statements that name that action allow it. */
  List<String> resources(String action) {
    return document.statements().stream()
        .filter(statement -> statement.actions().contains(action))
        .flatMap(statement -> statement.resources().stream())
        .toList();
  }

  /** Whether that is allowed on anything that the template names. */
  boolean allowsAnywhere(String action) {
    return document.statements().stream()
        .flatMap(statement -> statement.resources().stream())
        .anyMatch(
            resource ->
                IamEvaluator.evaluate(document, action, resource, IamContext.NONE)
                    == Verdict.ALLOW);
  }
}
