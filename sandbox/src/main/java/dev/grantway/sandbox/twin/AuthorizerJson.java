package dev.grantway.sandbox.twin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.grantway.sandbox.twin.AuthorizerSettings.Kind;
import dev.grantway.sandbox.twin.lambda.LambdaNames;
import java.io.IOException;

/** What every description of an authorizer says of it in the same words. */
final class AuthorizerJson {
  private AuthorizerJson() {}

  /** The URI by which API Gateway invokes the function. */
  static String invocation(String region, String account) {
    return "arn:aws:apigateway:%1$s:lambda:path/2015-03-31/functions/arn:aws:lambda:%1$s:%2$s:function:%3$s/invocations"
        .formatted(region, account, LambdaNames.FUNCTION);
  }

  static String name(String id) {
    return LambdaNames.FUNCTION + "-" + id;
  }

  static void settings(JsonGenerator json, AuthorizerSettings settings, String invocation)
      throws IOException {
    json.writeStringField("authorizerUri", invocation);
    json.writeNumberField("authorizerResultTtlInSeconds", settings.ttl().toSeconds());
    if (settings.tokenValidation().isPresent()) {
      json.writeStringField(
          "identityValidationExpression", settings.tokenValidation().get().pattern());
    }
  }

  /** What only HTTP APIs have. */
  static void payload(JsonGenerator json, Kind kind) throws IOException {
    json.writeStringField("authorizerPayloadFormatVersion", kind == Kind.HTTP_1 ? "1.0" : "2.0");
    json.writeBooleanField("enableSimpleResponses", kind == Kind.HTTP_2_SIMPLE);
  }
}
