package dev.grantway.sandbox;

/** What stops a command, in one sentence for people, with its exit code (CONTRACT). */
final class SandboxException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int exitCode;

  SandboxException(int exitCode, String message) {
    super(message);
    this.exitCode = exitCode;
  }

  int exitCode() {
    return exitCode;
  }
}
