package dev.grantway.imports;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is imported. */
public enum ImportKind {
  /** The routes of one API from an OpenAPI 3.x document. */
  OPENAPI("openapi"),
  /** The routes of one API from the stage that is deployed. */
  APIGATEWAY("apigateway"),
  /** Everything that a policy file holds. */
  POLICY("policy"),
  PERMISSIONS("csv-permissions"),
  ASSIGNMENTS("csv-assignments"),
  /** Who is in which group: a list beside the policy, and no part of any draft. */
  MEMBERSHIPS("csv-memberships");

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
    return !isOfRoutes() && isOfPolicy();
  }

  /** True for what becomes policy data, by a draft or a publish. */
  public boolean isOfPolicy() {
    return this != MEMBERSHIPS;
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

  /**
   * What a file most likely is: a table where each cell of its first line is a column of that
   * table, else by the first key of the whole document that says so. A Swagger 2.0 document counts
   * as OpenAPI, which says that it is not read.
   */
  public static Optional<ImportKind> guess(String text) {
    String start = text.startsWith("\uFEFF") ? text.substring(1) : text;
    return Stream.of(MEMBERSHIPS, ASSIGNMENTS, PERMISSIONS)
        .filter(it -> CsvHead.of(start, it.columns()).isPresent())
        .findFirst()
        .or(
            () ->
                TopLevelKey.firstOf(List.of("openapi", "swagger", "grantway"), start)
                    .map(key -> key.equals("grantway") ? POLICY : OPENAPI));
  }

  /** The columns that a table of this kind may have; none of what is no table. */
  List<String> columns() {
    return switch (this) {
      case PERMISSIONS -> PermissionCsv.COLUMNS;
      case ASSIGNMENTS -> AssignmentCsv.COLUMNS;
      case MEMBERSHIPS -> MembershipImport.COLUMNS;
      case OPENAPI, APIGATEWAY, POLICY -> List.of();
    };
  }
}
