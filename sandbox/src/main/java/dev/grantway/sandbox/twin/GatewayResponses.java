package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.Header;
import dev.grantway.sandbox.twin.http.Response;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The errors that clients of REST APIs see, and of WebSocket APIs when they connect, letter by
 * letter (GATEWAY, "Errors clients see").
 */
final class GatewayResponses {
  private GatewayResponses() {}

  static Response unauthorized() {
    return error(401, "UnauthorizedException", "{\"message\":\"Unauthorized\"}");
  }

  static Response explicitlyDenied() {
    return error(
        403,
        "AccessDeniedException",
        "{\"Message\":\"User is not authorized to access this resource with an explicit deny\"}");
  }

  static Response implicitlyDenied() {
    return error(
        403,
        "AccessDeniedException",
        "{\"Message\":\"User is not authorized to access this resource\"}");
  }

  static Response authorizerFailed() {
    return error(500, "AuthorizerConfigurationException", "{\"message\":null}");
  }

  static Response unknownRoute() {
    return error(
        403,
        "MissingAuthenticationTokenException",
        "{\"message\":\"Missing Authentication Token\"}");
  }

  static Response unknownStage() {
    return error(403, "ForbiddenException", "{\"message\":\"Forbidden\"}");
  }

  static Response uriTooLong() {
    return error(414, "RequestUriTooLongException", "{\"message\":\"Request URI too long\"}");
  }

  static Response headersTooLarge() {
    return text(431, "HTTP header is larger than 10240 bytes.");
  }

  static Response bodyTooLarge() {
    return text(413, "HTTP content length exceeded 10485760 bytes.");
  }

  static Response twinFailed() {
    return error(500, "InternalServerErrorException", "{\"message\":\"Internal server error\"}");
  }

  private static Response error(int status, String type, String body) {
    return Response.json(status, body).with("x-amzn-ErrorType", type);
  }

  private static Response text(int status, String body) {
    var type = new Header("Content-Type", "text; charset=utf-8");
    return new Response(status, List.of(type), body.getBytes(StandardCharsets.UTF_8));
  }
}
