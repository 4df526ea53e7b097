package dev.grantway.events;

import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.PolicyDocument;
import com.amazonaws.services.lambda.runtime.events.IamPolicyResponse.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Policy answers as the library holds them; what it cannot hold is refused, never dropped. */
final class PolicyAnswers {
  private static final Set<String> HELD = Set.of("Effect", "Action", "Resource", "Condition");

  private PolicyAnswers() {}

  static IamPolicyResponse read(byte[] bytes) {
    Map<String, Object> answer = AnswerJson.read(bytes);
    Map<String, Object> document = AnswerJson.object(answer, "policyDocument");
    return IamPolicyResponse.builder()
        .withPrincipalId(AnswerJson.text(answer, "principalId"))
        .withPolicyDocument(
            PolicyDocument.builder()
                .withVersion(AnswerJson.text(document, "Version"))
                .withStatement(statements(document.get("Statement")))
                .build())
        .withContext(AnswerJson.object(answer, "context"))
        .build();
  }

  private static List<Statement> statements(@Nullable Object value) {
    if (!(value instanceof List<?> items)) {
      throw new IllegalStateException("the answer has no list `Statement`");
    }
    var statements = new ArrayList<Statement>();
    for (Object item : items) {
      statements.add(statement(AnswerJson.members("Statement", item)));
    }
    return statements;
  }

  private static Statement statement(Map<String, Object> members) {
    if (!HELD.containsAll(members.keySet()) || !members.containsKey("Resource")) {
      throw new IllegalStateException(
          "aws-lambda-java-events cannot hold a statement with " + members.keySet());
    }
    Map<String, Map<String, Object>> conditions = new LinkedHashMap<>();
    if (members.containsKey("Condition")) {
      Map<String, Object> operators = AnswerJson.object(members, "Condition");
      operators
          .keySet()
          .forEach(operator -> conditions.put(operator, AnswerJson.object(operators, operator)));
    }
    return Statement.builder()
        .withEffect(AnswerJson.text(members, "Effect"))
        .withAction(AnswerJson.text(members, "Action"))
        .withResource(AnswerJson.texts(members.getOrDefault("Resource", "")))
        .withCondition(conditions)
        .build();
  }
}
