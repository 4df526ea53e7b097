package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import dev.grantway.sandbox.bench.Call;
import dev.grantway.sandbox.twin.lambda.Invocation;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class LoadCallsTest {
  private static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/";

  @Test
  void theSameCallsComeInTheSameOrderSixOfEachCaller() {
    List<Call> calls = LoadCalls.of(List.of("t1", "t2"));
    assertThat(calls).hasSize(12).isEqualTo(LoadCalls.of(List.of("t1", "t2")));
    assertThat(calls.stream().filter(call -> call.status() == 200)).hasSize(8);
    assertThat(calls.stream().filter(call -> call.token().equals("t2"))).hasSize(6);
  }

  @Test
  void theConstantDocumentAnswersThemAsTheyMustBe() throws Exception {
    try (var constant = new ConstantAuthorizer()) {
      var answer = (Invocation.Answered) constant.invoke(new byte[0], Duration.ofSeconds(1));
      var document =
          PolicyDocument.read(
              JSONObjectUtils.toJSONString(
                  JSONObjectUtils.getJSONObject(
                      JSONObjectUtils.parse(new String(answer.bytes(), StandardCharsets.UTF_8)),
                      "policyDocument")));
      for (Call call : LoadCalls.of(List.of("t"))) {
        String arn = ARN + call.method() + call.path().substring("/orders/prod".length());
        assertThat(IamEvaluator.evaluate(document, arn, IamContext.NONE))
            .as("%s", call)
            .isEqualTo(call.status() == 200 ? Verdict.ALLOW : Verdict.IMPLICIT_DENY);
      }
    }
  }
}
