package dev.grantway.sandbox.twin;

import dev.grantway.sandbox.twin.http.Response;

/** The errors that clients of HTTP APIs see, letter by letter (GATEWAY, "Errors clients see"). */
final class HttpApiResponses {
  private HttpApiResponses() {}

  static Response unauthorized() {
    return error(401, "Unauthorized");
  }

  static Response forbidden() {
    return error(403, "Forbidden");
  }

  static Response notFound() {
    return error(404, "Not Found");
  }

  static Response authorizerFailed() {
    return error(500, "Internal Server Error");
  }

  static Response uriTooLong() {
    return error(414, "Request URI too long");
  }

  private static Response error(int status, String message) {
    return Response.json(status, "{\"message\":\"" + message + "\"}");
  }
}
