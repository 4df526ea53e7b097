package dev.grantway.compile;

/** Which paths of requests may stand in a document (GATEWAY rule 5, COMP-06). */
final class Echo {
  private Echo() {}

  /**
   * True if the text means only itself as a resource: no wildcard, no variable, no control
   * character, and no half of a surrogate pair, which UTF-8 cannot write.
   */
  static boolean isSafe(String path) {
    return path.indexOf('*') < 0
        && path.indexOf('?') < 0
        && !path.contains("${")
        && path.codePoints()
            .noneMatch(
                c ->
                    Character.isISOControl(c)
                        || Character.getType(c) == Character.SURROGATE
                        || Character.getType(c) == Character.FORMAT);
  }
}
