package dev.grantway.authorizer.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonLimits;
import dev.grantway.authorizer.json.JsonReader;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** TOKENS step 1: exactly one credential, whatever shape the two maps have. */
class HeadersTest {
  private record Case(String headers, String multi, String expected) {}

  private static final Stream<Case> CASES =
      Stream.of(
          new Case("{\"Authorization\":\"a\"}", "{\"Authorization\":[\"a\"]}", "a"),
          new Case("{\"authorization\":\"a\"}", "{\"authorization\":[\"a\"]}", "a"),
          new Case("{\"AUTHORIZATION\":\"a\"}", "null", "a"),
          new Case("null", "{\"Authorization\":[\"a\"]}", "a"),
          new Case("null", "null", "no-token"),
          new Case("{}", "{}", "no-token"),
          new Case("{\"X\":\"a\"}", "{\"X\":[\"a\"]}", "no-token"),
          new Case("{\"Authorization\":null}", "{\"Authorization\":null}", "no-token"),
          new Case("{\"Authorization\":null}", "{\"Authorization\":[]}", "no-token"),
          new Case(
              "{\"Authorization\":\"a\"}",
              "{\"authorization\":[\"a\"]}",
              "token-header-spelled-twice"),
          new Case(
              "{\"Authorization\":\"a\",\"authorization\":\"a\"}",
              "null",
              "token-header-spelled-twice"),
          new Case(
              "{\"Authorization\":\"a\"}",
              "{\"Authorization\":[\"a\",\"a\"]}",
              "token-header-repeated"),
          new Case(
              "{\"Authorization\":\"b\"}",
              "{\"Authorization\":[\"a\",\"b\"]}",
              "token-header-repeated"),
          new Case(
              "{\"Authorization\":\"a\"}",
              "{\"Authorization\":[\"a\",null]}",
              "token-header-repeated"),
          new Case("null", "{\"Authorization\":[null,\"a\"]}", "token-header-repeated"),
          new Case("null", "{\"Authorization\":[null]}", "no-token"),
          new Case("null", "{\"Authorization\":[1]}", "no-token"),
          new Case(
              "{\"Authorization\":\"a\"}",
              "{\"Authorization\":[null]}",
              "token-header-contradiction"),
          new Case(
              "{\"Authorization\":\"a\"}",
              "{\"Authorization\":[\"b\"]}",
              "token-header-contradiction"),
          new Case("{\"Authorization\":\"a\"}", "{}", "token-header-contradiction"),
          new Case("{}", "{\"Authorization\":[\"a\"]}", "token-header-contradiction"),
          new Case(
              "{\"Authorization\":null}",
              "{\"Authorization\":[\"a\"]}",
              "token-header-contradiction"));

  @TestFactory
  Stream<DynamicTest> oneSpellingOneValueTheSameInBoth() {
    return CASES.map(
        it ->
            dynamicTest(
                it.headers() + " " + it.multi(),
                () -> {
                  var json =
                      "{\"headers\":%s,\"multiValueHeaders\":%s}"
                          .formatted(it.headers(), it.multi());
                  var event = (Json.Obj) JsonReader.read(json, JsonLimits.PLATFORM);
                  var said =
                      switch (TokenSource.AUTHORIZATION.credential(ApiKind.REST_REQUEST, event)) {
                        case Credential.Presented(var value) -> value;
                        case Credential.None(var why) -> why.code();
                      };
                  assertThat(said).isEqualTo(it.expected());
                }));
  }
}
