package dev.grantway.revision;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.decision.ClaimValue;
import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Effect;
import dev.grantway.policy.PermissionId;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Tests in canonical form. Claims, headers and parameters are lists of named values, claims with
 * their JSON type as the name of the member: {@code {"name":"level","number":"3"}}.
 */
final class TestJson {
  private TestJson() {}

  private record Named<T>(String name, T value) {}

  static void write(JsonGenerator json, PolicyTest test) throws IOException {
    json.writeStringField("name", test.name());
    json.writeStringField("api", test.api());
    json.writeStringField("stage", test.stage());
    json.writeStringField("method", test.method());
    json.writeStringField("path", test.path());
    writeCaller(json, test.caller());
    writeText(json, "sourceIp", test.context().sourceIp());
    writeMulti(json, "headers", test.context().headers());
    writeMulti(json, "query", test.context().query());
    PermissionJson.writeInstant(json, "now", test.context().now());
    json.writeStringField("expect", test.expect().name());
    if (test.by().isPresent()) {
      json.writeArrayFieldStart("by");
      for (PermissionId id : test.by().get()) {
        json.writeString(id.value());
      }
      json.writeEndArray();
    }
    writeText(json, "reason", test.reason());
  }

  static PolicyTest read(JsonObject json) {
    return new PolicyTest(
        json.text("name"),
        readCaller(json),
        json.text("api"),
        json.text("stage"),
        json.text("method"),
        json.text("path"),
        new PolicyTest.Context(
            json.textOr("sourceIp", ""),
            readMulti(json, "headers"),
            readMulti(json, "query"),
            json.instant("now").orElse(null)),
        Effect.valueOf(json.text("expect")),
        json.has("by")
            ? json.texts("by").stream()
                .map(PermissionId::new)
                .collect(Collectors.toCollection(TreeSet::new))
            : null,
        json.textOr("reason", ""));
  }

  private static void writeCaller(JsonGenerator json, PolicyTest.Caller caller) throws IOException {
    writeText(json, "issuer", caller.issuer());
    writeText(json, "sub", caller.sub());
    writeText(json, "client", caller.client());
    writeTexts(json, "groups", caller.groups());
    writeTexts(json, "roles", caller.roles());
    if (!caller.claims().isEmpty()) {
      json.writeArrayFieldStart("claims");
      for (Map.Entry<String, ClaimValue> claim : new TreeMap<>(caller.claims()).entrySet()) {
        json.writeStartObject();
        json.writeStringField("name", claim.getKey());
        writeValue(json, claim.getValue());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    writeTexts(json, "scopes", caller.scopes());
  }

  private static PolicyTest.Caller readCaller(JsonObject json) {
    return new PolicyTest.Caller(
        json.textOr("issuer", ""),
        json.textOr("sub", ""),
        json.textOr("client", ""),
        json.texts("groups"),
        json.texts("roles"),
        byName(json.objects("claims", claim -> new Named<>(claim.text("name"), readValue(claim)))),
        json.texts("scopes"));
  }

  private static void writeValue(JsonGenerator json, ClaimValue value) throws IOException {
    switch (value) {
      case ClaimValue.Text(var text) -> json.writeStringField("text", text);
      case ClaimValue.Number(var number) -> json.writeStringField("number", number.toString());
      case ClaimValue.Bool(var bool) -> json.writeBooleanField("bool", bool);
      case ClaimValue.Items(var items) -> {
        json.writeArrayFieldStart("items");
        for (ClaimValue item : items) {
          json.writeStartObject();
          writeValue(json, item);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
      case ClaimValue.Opaque _ -> json.writeBooleanField("opaque", true);
    }
  }

  private static ClaimValue readValue(JsonObject json) {
    if (json.has("text")) {
      return new ClaimValue.Text(json.text("text"));
    }
    if (json.has("number")) {
      return new ClaimValue.Number(new BigDecimal(json.text("number")));
    }
    if (json.has("items")) {
      return new ClaimValue.Items(json.objects("items", TestJson::readValue));
    }
    if (json.has("bool")) {
      return new ClaimValue.Bool(json.flag("bool"));
    }
    if (json.flag("opaque")) {
      return new ClaimValue.Opaque();
    }
    throw new IllegalArgumentException(
        "a claim needs `text`, `number`, `bool`, `items` or `opaque`");
  }

  private static void writeMulti(JsonGenerator json, String name, Map<String, List<String>> values)
      throws IOException {
    if (values.isEmpty()) {
      return;
    }
    json.writeArrayFieldStart(name);
    for (Map.Entry<String, List<String>> one : new TreeMap<>(values).entrySet()) {
      json.writeStartObject();
      json.writeStringField("name", one.getKey());
      writeTexts(json, "values", one.getValue());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static Map<String, List<String>> readMulti(JsonObject json, String name) {
    return byName(json.objects(name, one -> new Named<>(one.text("name"), one.texts("values"))));
  }

  private static <T> Map<String, T> byName(Collection<Named<T>> values) {
    var byName = new TreeMap<String, T>();
    for (Named<T> one : values) {
      if (byName.put(one.name(), one.value()) != null) {
        throw new IllegalArgumentException("`" + one.name() + "` is there twice");
      }
    }
    return byName;
  }

  private static void writeText(JsonGenerator json, String name, String text) throws IOException {
    if (!text.isEmpty()) {
      json.writeStringField(name, text);
    }
  }

  private static void writeTexts(JsonGenerator json, String name, List<String> texts)
      throws IOException {
    if (!texts.isEmpty()) {
      CanonicalJson.texts(json, name, texts);
    }
  }
}
