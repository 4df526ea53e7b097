package dev.grantway.sandbox;

import com.nimbusds.jose.util.JSONObjectUtils;
import dev.grantway.compile.IamContext;
import dev.grantway.compile.IamEvaluator;
import dev.grantway.compile.MalformedDocument;
import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Verdict;
import dev.grantway.sandbox.twin.lambda.Invocation;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a first answer has to be, so that no kind of start is measured that answers wrongly. */
enum ColdAnswer {
  /** The constant of {@link TrivialHandler}. */
  CONSTANT,
  /** The revision that {@link TableReads} found, and how many of its bundles are there. */
  READS,
  /** A document that allows the request, and not one that nobody granted. */
  ALLOW;

  static final String ARN = "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/GET/orders";
  static final String NOT_GRANTED =
      "arn:aws:execute-api:us-east-1:123456789012:a1b2c3d4e5/prod/POST/orders/42/refunds";
  static final String SOURCE_IP = "203.0.113.9";

  /** Whether the answer to the right token is this. */
  boolean is(Invocation invocation, Instant now) {
    if (!(invocation instanceof Invocation.Answered answered)) {
      return false;
    }
    String text = new String(answered.bytes(), StandardCharsets.UTF_8);
    return switch (this) {
      case CONSTANT -> text.equals(TrivialHandler.ANSWER);
      case READS -> text.equals(TableReads.RIGHT);
      case ALLOW ->
          verdict(text, ARN, now).equals(Optional.of(Verdict.ALLOW))
              && !verdict(text, NOT_GRANTED, now).equals(Optional.of(Verdict.ALLOW));
    };
  }

  /** Whether it looks at tokens, and so has to refuse a wrong one. */
  boolean verifies() {
    return this == ALLOW;
  }

  /** Whether the answer to a wrong token is a refusal that API Gateway makes a 401. */
  static boolean isRefusal(Invocation invocation) {
    return invocation instanceof Invocation.Failed(var message, var _)
        && message.equals("Unauthorized");
  }

  /** Whether the answer to a request that nobody granted is a document that does not allow it. */
  static boolean isDenial(Invocation invocation, Instant now) {
    return invocation instanceof Invocation.Answered answered
        && verdict(new String(answered.bytes(), StandardCharsets.UTF_8), NOT_GRANTED, now)
            .filter(it -> it != Verdict.ALLOW)
            .isPresent();
  }

  /** What the document says of the request; empty where the text holds none. */
  private static Optional<Verdict> verdict(String text, String arn, Instant now) {
    try {
      Map<String, Object> document =
          JSONObjectUtils.getJSONObject(JSONObjectUtils.parse(text), "policyDocument");
      if (document == null) {
        return Optional.empty();
      }
      var policy = PolicyDocument.read(JSONObjectUtils.toJSONString(document));
      return Optional.of(IamEvaluator.evaluate(policy, arn, IamContext.of(now, SOURCE_IP)));
    } catch (ParseException | MalformedDocument notAnAnswer) {
      return Optional.empty();
    }
  }
}
