package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.grantway.compile.MalformedDocument;
import dev.grantway.compile.PolicyDocument;
import java.io.IOException;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a Lambda authorizer of a REST API returned, taken as API Gateway takes it. */
record AuthorizerAnswer(String principalId, PolicyDocument document, Map<String, String> context) {

  AuthorizerAnswer {
    context = Map.copyOf(context);
  }

  /** An answer that API Gateway refuses: it tells the client 500 and no more. */
  static final class MalformedAnswer extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedAnswer(String message) {
      super(message);
    }
  }

  static AuthorizerAnswer read(byte[] bytes) throws MalformedAnswer {
    try (JsonParser json = JsonText.FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswer("it is not a JSON object");
      }
      AuthorizerAnswer answer = object(json);
      if (json.nextToken() != null) {
        throw new MalformedAnswer("there is more after the JSON object");
      }
      return answer;
    } catch (MalformedDocument e) {
      throw new MalformedAnswer("policyDocument: " + e.getMessage());
    } catch (IOException e) {
      throw new MalformedAnswer("it is not JSON");
    }
  }

  private static AuthorizerAnswer object(JsonParser json) throws IOException, MalformedAnswer {
    Optional<String> principalId = Optional.empty();
    Optional<PolicyDocument> document = Optional.empty();
    Map<String, String> context = Map.of();
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      switch (key) {
        case "principalId" -> principalId = Optional.of(principal(json, value));
        case "policyDocument" -> document = Optional.of(PolicyDocument.read(copy(json)));
        case "context" -> context = context(json, value);
        default -> json.skipChildren();
      }
    }
    return new AuthorizerAnswer(
        principalId.orElseThrow(() -> new MalformedAnswer("principalId is missing")),
        document.orElseThrow(() -> new MalformedAnswer("policyDocument is missing")),
        context);
  }

  private static String principal(JsonParser json, JsonToken value)
      throws IOException, MalformedAnswer {
    if (value != JsonToken.VALUE_STRING || json.getText().isEmpty()) {
      throw new MalformedAnswer("principalId is not a text with something in it");
    }
    return json.getText();
  }

  private static String copy(JsonParser json) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator copy = JsonText.FACTORY.createGenerator(text)) {
      copy.copyCurrentStructure(json);
    }
    return text.toString();
  }

  /** Numbers and booleans become text; null, lists and objects as values fail (GATEWAY rule 12). */
  private static Map<String, String> context(JsonParser json, JsonToken value)
      throws IOException, MalformedAnswer {
    var context = new LinkedHashMap<String, String>();
    if (value == JsonToken.VALUE_NULL) {
      return context;
    }
    if (value != JsonToken.START_OBJECT) {
      throw new MalformedAnswer("context is not an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken token = json.nextToken();
      if (!token.isScalarValue() || token == JsonToken.VALUE_NULL) {
        throw new MalformedAnswer("context `" + key + "` is not a text, a number or a boolean");
      }
      context.put(key, json.getText());
    }
    return context;
  }
}
