package dev.grantway.sandbox.twin.http;

/** Reason phrases; clients ignore them, people read them in {@code curl -i}. */
final class Reasons {
  private Reasons() {}

  static String of(int status) {
    return switch (status) {
      case 101 -> "Switching Protocols";
      case 200 -> "OK";
      case 202 -> "Accepted";
      case 204 -> "No Content";
      case 400 -> "Bad Request";
      case 401 -> "Unauthorized";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 413 -> "Request Entity Too Large";
      case 414 -> "Request-URI Too Long";
      case 426 -> "Upgrade Required";
      case 431 -> "Request Header Fields Too Large";
      case 500 -> "Internal Server Error";
      case 505 -> "HTTP Version Not Supported";
      default -> "Status";
    };
  }
}
