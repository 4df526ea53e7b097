package dev.grantway.compile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.policy.Effect;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyDocumentTest {
  private static final String S =
      "{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\",\"Resource\":\"a\"}";

  @Test
  void writesWhatItReads() {
    String json =
        "{\"Version\":\"2012-10-17\",\"Statement\":["
            + "{\"Effect\":\"Allow\",\"Action\":\"execute-api:Invoke\",\"Resource\":[\"a\",\"b/?*\"],"
            + "\"Condition\":{\"DateLessThan\":{\"aws:CurrentTime\":[\"2026-01-01T00:00:00Z\"]},"
            + "\"IpAddress\":{\"aws:SourceIp\":[\"10.0.0.0/8\",\"192.0.2.1\"]}}},"
            + "{\"Effect\":\"Deny\",\"Action\":\"execute-api:Invoke\",\"NotResource\":[\"a\"]}]}";
    assertThat(PolicyDocument.read(json).toJson()).isEqualTo(json);
  }

  @Test
  void oneTextAndAListOfOneAreTheSame() {
    var list =
        PolicyDocument.read(
            "{\"Id\":\"x\",\"Statement\":{\"Sid\":\"y\",\"Resource\":[\"a\"],\"Effect\":\"Allow\","
                + "\"Action\":[\"execute-api:Invoke\"]},\"Version\":\"2012-10-17\"}");
    assertThat(list)
        .isEqualTo(new PolicyDocument(List.of(Statement.of(Effect.ALLOW, List.of("a")))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "null",
        "[]",
        "{}",
        "{\"Version\":\"2012-10-17\"}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[]}",
        "{\"Version\":\"2012-10-17\",\"Statement\":null}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[null]}",
        "{\"Version\":\"2008-10-17\",\"Statement\":[" + S + "]}",
        "{\"Statement\":[" + S + "]}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + S + "]} x",
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + S + "]} {}",
        "{\"Version\":\"2012-10-17\",\"Statement\":[" + S + "]",
        "{\"Version\":\"2012-10-17\",\"Version\":\"2012-10-17\",\"Statement\":[" + S + "]}",
        "{\"version\":\"2012-10-17\",\"Statement\":[" + S + "]}",
      })
  void documentsThatApiGatewayWouldNotTakeAreRefused(String json) {
    assertThatThrownBy(() -> PolicyDocument.read(json))
        .isInstanceOf(MalformedDocument.class)
        .hasMessageNotContaining("Exception");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"Effect\":\"allow\",\"Action\":\"a\",\"Resource\":\"a\"}",
        "{\"Action\":\"a\",\"Resource\":\"a\"}",
        "{\"Effect\":\"Allow\",\"Resource\":\"a\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":[]}",
        "{\"Effect\":\"Allow\",\"Action\":[],\"Resource\":\"a\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":1}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":[null]}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":{\"a\":1}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"NotResource\":\"b\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"NotAction\":\"a\",\"Resource\":\"a\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"${aws:username}\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Principal\":\"*\"}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":[]}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"Equals\":{\"a\":\"b\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"Bool\":{\"a\":\"x\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"Bool\":{\"a\":[]}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"StringEquals\":{\"a\":\"${b}\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"Bool\":\"a\"}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"NullIfExists\":{\"a\":true}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"IpAddress\":{\"a\":\"x.example\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"DateEquals\":{\"a\":\"soon\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"NumericEquals\":{\"a\":\"1e9\"}}}",
        "{\"Effect\":\"Allow\",\"Action\":\"a\",\"Resource\":\"a\",\"Condition\":{\"Bool\":{\"a\":\"true\",\"A\":\"true\"}}}",
      })
  void statementsThatApiGatewayWouldNotTakeAreRefused(String statement) {
    assertThatThrownBy(
            () ->
                PolicyDocument.read(
                    "{\"Version\":\"2012-10-17\",\"Statement\":[" + statement + "]}"))
        .isInstanceOf(MalformedDocument.class)
        .hasMessageNotContaining("Exception");
  }
}
