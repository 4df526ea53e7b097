package dev.grantway.compile;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.grantway.policy.Effect;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads documents strictly, token by token. */
final class DocumentReader {
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final JsonParser json;

  private DocumentReader(JsonParser json) {
    this.json = json;
  }

  static PolicyDocument read(String text) {
    try (JsonParser parser = JSON.createParser(text)) {
      parser.nextToken();
      PolicyDocument document = new DocumentReader(parser).document();
      if (parser.nextToken() != null) {
        throw new MalformedDocument("there is more after the policy document");
      }
      return document;
    } catch (IOException notJson) {
      throw new MalformedDocument("the policy document is not JSON: " + notJson.getMessage());
    }
  }

  private PolicyDocument document() throws IOException {
    expect(JsonToken.START_OBJECT, "a policy document");
    String version = "";
    var statements = new ArrayList<Statement>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "Version" -> version = string("Version");
        case "Id" -> string("Id");
        case "Statement" -> statements(statements);
        default -> throw new MalformedDocument("a policy document has no key `" + key + "`");
      }
    }
    if (!version.equals(PolicyDocument.VERSION)) {
      throw new MalformedDocument(
          "Version `" + version + "` is not `" + PolicyDocument.VERSION + "`");
    }
    return new PolicyDocument(statements);
  }

  private void statements(List<Statement> statements) throws IOException {
    if (json.currentToken() == JsonToken.START_OBJECT) {
      statements.add(statement());
      return;
    }
    expect(JsonToken.START_ARRAY, "Statement");
    while (json.nextToken() != JsonToken.END_ARRAY) {
      statements.add(statement());
    }
  }

  private Statement statement() throws IOException {
    expect(JsonToken.START_OBJECT, "a statement");
    var parts = new Parts();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      json.nextToken();
      switch (key) {
        case "Sid" -> string("Sid");
        case "Effect" -> parts.effect = effect(string("Effect"));
        case "Action", "NotAction" -> parts.actions(key.equals("NotAction"), strings(key));
        case "Resource", "NotResource" -> parts.resources(key.equals("NotResource"), strings(key));
        case "Condition" -> parts.conditions.addAll(conditions());
        default -> throw new MalformedDocument("a statement has no key `" + key + "`");
      }
    }
    return parts.statement();
  }

  private static Effect effect(String text) {
    return switch (text) {
      case "Allow" -> Effect.ALLOW;
      case "Deny" -> Effect.DENY;
      default -> throw new MalformedDocument("Effect `" + text + "` is neither Allow nor Deny");
    };
  }

  private List<StatementCondition> conditions() throws IOException {
    expect(JsonToken.START_OBJECT, "Condition");
    var conditions = new ArrayList<StatementCondition>();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String word = json.currentName();
      boolean ifExists = word.endsWith("IfExists");
      String name = ifExists ? word.substring(0, word.length() - "IfExists".length()) : word;
      IamOperator operator =
          IamOperator.parse(name)
              .orElseThrow(() -> new MalformedDocument("there is no operator `" + word + "`"));
      json.nextToken();
      expect(JsonToken.START_OBJECT, word);
      while (json.nextToken() != JsonToken.END_OBJECT) {
        String key = json.currentName();
        json.nextToken();
        conditions.add(new StatementCondition(operator, ifExists, key, scalars(word)));
      }
    }
    return conditions;
  }

  private List<String> strings(String what) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return List.of(string(what));
    }
    var texts = new ArrayList<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(string(what));
    }
    return texts;
  }

  /** Condition values may also be numbers and booleans. */
  private List<String> scalars(String what) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      return List.of(scalar(what));
    }
    var texts = new ArrayList<String>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(scalar(what));
    }
    return texts;
  }

  private String scalar(String what) throws IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_TRUE, VALUE_FALSE -> json.getText();
      default -> string(what);
    };
  }

  private String string(String what) throws IOException {
    expect(JsonToken.VALUE_STRING, what);
    return json.getText();
  }

  private void expect(JsonToken token, String what) {
    if (json.currentToken() != token) {
      throw new MalformedDocument(
          "`"
              + what
              + "` is not what IAM has there: "
              + (token.isScalarValue() ? "a text" : "an object or list")
              + " is needed");
    }
  }

  /** A statement as far as it has been read. */
  private static final class Parts {
    private final List<StatementCondition> conditions = new ArrayList<>();
    private @Nullable Effect effect;
    private List<String> actions = List.of();
    private List<String> resources = List.of();
    private boolean notActions;
    private boolean notResources;

    private void actions(boolean negated, List<String> globs) {
      refuseSecond(actions, "Action and NotAction");
      actions = globs;
      notActions = negated;
    }

    private void resources(boolean negated, List<String> globs) {
      refuseSecond(resources, "Resource and NotResource");
      resources = globs;
      notResources = negated;
    }

    private static void refuseSecond(List<String> already, String both) {
      if (!already.isEmpty()) {
        throw new MalformedDocument("a statement cannot have both " + both);
      }
    }

    private Statement statement() {
      if (effect == null) {
        throw new MalformedDocument("a statement needs an Effect");
      }
      return new Statement(effect, actions, notActions, resources, notResources, conditions);
    }
  }
}
