package dev.grantway.images;

/** Why there is no image: what is missing or cannot be understood, and what to do. */
final class ImageException extends Exception {
  private static final long serialVersionUID = 1L;

  ImageException(String message) {
    super(message);
  }
}
