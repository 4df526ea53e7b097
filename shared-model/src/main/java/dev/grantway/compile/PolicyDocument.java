package dev.grantway.compile;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** The IAM JSON handed to API Gateway: version 2012-10-17 and at least one statement. */
public record PolicyDocument(List<Statement> statements) {
  static final String VERSION = "2012-10-17";

  public PolicyDocument {
    statements = List.copyOf(statements);
    if (statements.isEmpty()) {
      throw new MalformedDocument("a policy document needs at least one statement");
    }
  }

  /**
   * Reads a document strictly: unknown or repeated keys, other versions, operators that IAM does
   * not have and wrong types are refused.
   *
   * @throws MalformedDocument saying what is wrong
   */
  public static PolicyDocument read(String json) {
    return DocumentReader.read(json);
  }

  /** Writes the document without white space; the same document gives the same text. */
  public String toJson() {
    return DocumentWriter.write(this);
  }

  /** Whether what it says depends on anything but the ARN. */
  public boolean isConditional() {
    for (Statement statement : statements) {
      if (!statement.conditions().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /** The size of {@link #toJson()} in UTF-8. */
  public int bytes() {
    return toJson().getBytes(StandardCharsets.UTF_8).length;
  }
}
