package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.grantway.compile.MalformedDocument;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.resource.ApiType;
import dev.grantway.sandbox.twin.AuthorizerAnswer.MalformedAnswer;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** Reads the bytes that an authorizer returned, as strictly as its kind of API does. */
final class AnswerReader {
  /** What a WebSocket API takes (GATEWAY rule 13); of the others nobody knows. */
  static final int WEBSOCKET_BYTES = 8_192;

  private final AuthorizerSettings.Kind kind;
  private final GatewayAnswers answers;
  private Optional<String> principalId = Optional.empty();
  private Optional<PolicyDocument> document = Optional.empty();
  private Optional<Boolean> authorized = Optional.empty();
  private Map<String, String> context = Map.of();

  private AnswerReader(AuthorizerSettings.Kind kind, GatewayAnswers answers) {
    this.kind = kind;
    this.answers = answers;
  }

  static AuthorizerAnswer read(byte[] bytes, AuthorizerSettings.Kind kind, GatewayAnswers answers)
      throws MalformedAnswer {
    if (kind == AuthorizerSettings.Kind.WEBSOCKET && bytes.length > WEBSOCKET_BYTES) {
      throw new MalformedAnswer("it has more than " + WEBSOCKET_BYTES + " bytes");
    }
    try (JsonParser json = JsonText.FACTORY.createParser(bytes)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedAnswer("it is not a JSON object");
      }
      AuthorizerAnswer answer = new AnswerReader(kind, answers).object(json);
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

  private AuthorizerAnswer object(JsonParser json) throws IOException, MalformedAnswer {
    boolean simple = kind == AuthorizerSettings.Kind.HTTP_2_SIMPLE;
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken value = json.nextToken();
      if (key.equals("context")) {
        context = context(json, value);
      } else if (simple && key.equals("isAuthorized")) {
        authorized = Optional.of(yesOrNo(value));
      } else if (!simple && key.equals("principalId")) {
        principalId = Optional.of(principal(json, value));
      } else if (!simple && key.equals("policyDocument")) {
        document = Optional.of(PolicyDocument.read(small(copy(json))));
      } else {
        json.skipChildren();
      }
    }
    return simple ? simple() : policy();
  }

  private AuthorizerAnswer simple() throws MalformedAnswer {
    return new AuthorizerAnswer.Simple(
        authorized.orElseThrow(() -> new MalformedAnswer("isAuthorized is missing")), context);
  }

  private AuthorizerAnswer policy() throws MalformedAnswer {
    var told = new LinkedHashMap<>(context);
    told.put(
        "principalId",
        principalId.orElseThrow(() -> new MalformedAnswer("principalId is missing")));
    return new AuthorizerAnswer.Policy(
        document.orElseThrow(() -> new MalformedAnswer("policyDocument is missing")), told);
  }

  private static boolean yesOrNo(JsonToken value) throws MalformedAnswer {
    if (!value.isBoolean()) {
      throw new MalformedAnswer("isAuthorized is not true or false");
    }
    return value == JsonToken.VALUE_TRUE;
  }

  private static String principal(JsonParser json, JsonToken value)
      throws IOException, MalformedAnswer {
    if (value != JsonToken.VALUE_STRING || json.getText().isEmpty()) {
      throw new MalformedAnswer("principalId is not a text with something in it");
    }
    return json.getText();
  }

  private String small(String text) throws MalformedAnswer {
    OptionalInt most = answers.documentBytes();
    if (kind.api() == ApiType.REST
        && most.isPresent()
        && text.getBytes(StandardCharsets.UTF_8).length > most.getAsInt()) {
      throw new MalformedAnswer("policyDocument has more than " + most.getAsInt() + " bytes");
    }
    return text;
  }

  private static String copy(JsonParser json) throws IOException {
    var text = new StringWriter();
    try (JsonGenerator copy = JsonText.FACTORY.createGenerator(text)) {
      copy.copyCurrentStructure(json);
    }
    return text.toString();
  }

  /**
   * Numbers and booleans become text; null, lists and objects as values fail (GATEWAY rule 12), but
   * on HTTP APIs, which hand them on: here as their JSON.
   */
  private Map<String, String> context(JsonParser json, JsonToken value)
      throws IOException, MalformedAnswer {
    var values = new LinkedHashMap<String, String>();
    if (value == JsonToken.VALUE_NULL) {
      return values;
    }
    if (value != JsonToken.START_OBJECT) {
      throw new MalformedAnswer("context is not an object");
    }
    while (json.nextToken() != JsonToken.END_OBJECT) {
      String key = json.currentName();
      JsonToken token = json.nextToken();
      if (token.isScalarValue() && token != JsonToken.VALUE_NULL) {
        values.put(key, json.getText());
      } else if (kind.api() == ApiType.HTTP && answers.takesAnyContext()) {
        values.put(key, copy(json));
      } else {
        throw new MalformedAnswer("context `" + key + "` is not a text, a number or a boolean");
      }
    }
    return values;
  }
}
