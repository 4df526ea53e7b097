package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.sandbox.twin.lambda.Invocation;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ColdAnswerTest {
  private static final Instant NOW = Instant.parse("2026-11-27T04:00:00Z");

  private static Invocation answered(String text) {
    return new Invocation.Answered(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Invocation document(String effect, String resource) {
    return answered(
        """
        {"principalId": "alice", "policyDocument": {"Version": "2012-10-17", "Statement":
          [{"Effect": "%s", "Action": "execute-api:Invoke", "Resource": "%s"}]}}"""
            .formatted(effect, resource));
  }

  private static boolean allowed(Invocation invocation) {
    return ColdAnswer.ALLOW.is(invocation, NOW);
  }

  private static boolean denied(Invocation invocation) {
    return ColdAnswer.isDenial(invocation, NOW);
  }

  @Test
  void onlyADocumentThatAllowsTheRequestAndNotMoreThanWasGrantedIsAnAllow() {
    assertThat(allowed(document("Allow", ColdAnswer.ARN))).isTrue();
    assertThat(allowed(document("Deny", ColdAnswer.ARN))).isFalse();
    assertThat(allowed(document("Allow", ColdAnswer.NOT_GRANTED))).isFalse();
    assertThat(allowed(document("Allow", "*"))).isFalse();
    assertThat(allowed(answered("{\"revision\":1}"))).isFalse();
    assertThat(allowed(answered("no JSON"))).isFalse();
    assertThat(allowed(answered("{\"policyDocument\":{\"Version\":\"2012-10-17\"}}"))).isFalse();
    assertThat(allowed(new Invocation.Failed("Unauthorized", "x"))).isFalse();
    assertThat(allowed(new Invocation.TimedOut(Duration.ofSeconds(1)))).isFalse();
  }

  @Test
  void onlyADocumentThatDoesNotAllowWhatNobodyGrantedIsADenial() {
    assertThat(denied(document("Deny", ColdAnswer.NOT_GRANTED))).isTrue();
    assertThat(denied(document("Allow", ColdAnswer.ARN))).isTrue();
    assertThat(denied(document("Allow", ColdAnswer.NOT_GRANTED))).isFalse();
    assertThat(denied(document("Allow", "*"))).isFalse();
    assertThat(denied(answered("no JSON"))).isFalse();
    assertThat(denied(new Invocation.Failed("Unauthorized", "x"))).isFalse();
  }

  @Test
  void onlyTheExactMessageIsARefusal() {
    assertThat(ColdAnswer.isRefusal(new Invocation.Failed("Unauthorized", "x"))).isTrue();
    assertThat(ColdAnswer.isRefusal(new Invocation.Failed("boom", "x"))).isFalse();
    assertThat(ColdAnswer.isRefusal(document("Deny", ColdAnswer.ARN))).isFalse();
  }

  @Test
  void theTrivialHandlerAnswersItsConstantAndReadsTheirRevision() throws Exception {
    var out = new ByteArrayOutputStream();
    new TrivialHandler()
        .handleRequest(new ByteArrayInputStream("{}".getBytes(StandardCharsets.UTF_8)), out, null);
    Invocation constant = new Invocation.Answered(out.toByteArray());
    assertThat(ColdAnswer.CONSTANT.is(constant, NOW)).isTrue();
    assertThat(ColdAnswer.CONSTANT.is(answered("{}"), NOW)).isFalse();
    assertThat(ColdAnswer.READS.is(answered("{\"revision\":1,\"found\":3}"), NOW)).isTrue();
    assertThat(ColdAnswer.READS.is(answered("{\"revision\":1,\"found\":2}"), NOW)).isFalse();
    assertThat(ColdAnswer.READS.is(answered("{\"revision\":0,\"found\":3}"), NOW)).isFalse();
    assertThat(ColdAnswer.READS.is(constant, NOW)).isFalse();
  }
}
