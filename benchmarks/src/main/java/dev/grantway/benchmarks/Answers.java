package dev.grantway.benchmarks;

/** Sees that what is measured gives the right answers: a fast wrong answer is worth nothing. */
final class Answers {
  private Answers() {}

  /**
   * Compares an answer with the right one.
   *
   * @throws IllegalStateException where they differ; the run then ends with exit code 1
   */
  static void mustBe(Object right, Object answer, String question) {
    if (!right.equals(answer)) {
      throw new IllegalStateException(
          "wrong answer to " + question + ": " + answer + ", where " + right + " is right");
    }
  }
}
