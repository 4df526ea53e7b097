package dev.grantway.imports;

import dev.grantway.analysis.Code;
import java.util.Locale;

/** The stable codes of what only imports can be told; docs/imports.md lists them. */
public enum ImportCode implements Code {
  /** A file has more bytes, values or rows than are read. */
  IMPORT_TOO_BIG,
  NOT_UTF8,
  /** The header of a table lacks a column, or has one that is unknown. */
  BAD_HEADER,
  /** A row has another number of cells than the header, or quotes that do not end. */
  BAD_ROW,
  /** There are so many errors that what is behind them was not read. */
  MORE_ERRORS,
  /** A row says again what another said, and counts once. */
  REPEATED_ROW,
  /** The membership list that there is cannot be read. */
  LIST_DAMAGED,
  /** What a reference names is elsewhere: nothing is fetched. */
  REMOTE_REFERENCE,
  /** A reference names nothing in the document. */
  UNKNOWN_REFERENCE,
  /** An operation stands beside a reference, and in what it refers to. */
  BAD_REFERENCE,
  /** The document is no OpenAPI 3.x. */
  NOT_OPENAPI,
  /** Said by the reader of OpenAPI; the routes are read all the same. */
  OPENAPI_RULE,
  /** An operation that API Gateway does not serve. */
  NO_ROUTE,
  /** Several APIs could be meant. */
  WHICH_API;

  @Override
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
