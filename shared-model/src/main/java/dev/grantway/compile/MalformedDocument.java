package dev.grantway.compile;

/** A text that API Gateway would not take as a policy document; it answers 500 to those. */
public final class MalformedDocument extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  MalformedDocument(String message) {
    super(message);
  }
}
