package dev.grantway.imports;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What is imported. */
public enum ImportKind {
  /** The routes of one API from an OpenAPI 3.x document. */
  OPENAPI("openapi"),
  /** The routes of one API from the stage that is deployed. */
  APIGATEWAY("apigateway"),
  /** Everything that a policy file holds. */
  POLICY("policy"),
  PERMISSIONS("csv-permissions"),
  ASSIGNMENTS("csv-assignments");

  private final String text;

  ImportKind(String text) {
    this.text = text;
  }

  /** As commands, the REST API and addresses have it. */
  public String text() {
    return text;
  }

  /** True for a source that says all routes of one API, which is to be named. */
  public boolean isOfRoutes() {
    return this == OPENAPI || this == APIGATEWAY;
  }

  /** True where a file may say that what it lacks is to go. */
  public boolean mayBeComplete() {
    return !isOfRoutes();
  }

  /** The kind of that text; anything else is an {@link IllegalArgumentException} with all words. */
  public static ImportKind of(String text) {
    return Arrays.stream(values())
        .filter(it -> it.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "`"
                        + text
                        + "` is no kind of import: name one of "
                        + Arrays.stream(values())
                            .map(ImportKind::text)
                            .collect(Collectors.joining(", "))));
  }

  /** What a file most likely is, by its beginning. */
  public static Optional<ImportKind> guess(String text) {
    String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
    String head = start.lines().findFirst().orElse("");
    if (head.contains(",") && !head.stripLeading().startsWith("{")) {
      return head.contains("resource")
          ? Optional.of(PERMISSIONS)
          : head.contains("issuer") ? Optional.of(ASSIGNMENTS) : Optional.empty();
    }
    return start.lines().anyMatch(line -> isKey(line, "openapi"))
        ? Optional.of(OPENAPI)
        : start.lines().anyMatch(line -> isKey(line, "grantway"))
            ? Optional.of(POLICY)
            : Optional.empty();
  }

  private static boolean isKey(String line, String key) {
    String bare = line.stripLeading().replace("{", "").replace("\"", "").strip();
    return bare.startsWith(key + ":");
  }
}
