package dev.grantway.sandbox.twin.http;

/** The status codes of RFC 6455 section 7.4.1 that are sent from here, and which ones may come. */
final class CloseCode {
  static final int NORMAL = 1000;
  static final int GOING_AWAY = 1001;
  static final int PROTOCOL_ERROR = 1002;
  static final int UNSUPPORTED = 1003;
  static final int NONE = 1005;
  static final int NOT_UTF_8 = 1007;
  static final int TOO_BIG = 1009;
  static final int INTERNAL_ERROR = 1011;

  private CloseCode() {}

  /** Registered ones that are meant for the wire, and those of libraries and applications. */
  static boolean maySend(int code) {
    return code >= 1000 && code <= 1003
        || code >= 1007 && code <= 1014
        || code >= 3000 && code <= 4999;
  }
}
