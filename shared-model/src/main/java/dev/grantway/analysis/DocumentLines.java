package dev.grantway.analysis;

import dev.grantway.compile.PolicyDocument;
import dev.grantway.compile.Statement;
import dev.grantway.compile.StatementCondition;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A policy document as lines that can be compared. */
public final class DocumentLines {
  private DocumentLines() {}

  /** A line for each effect, resource and condition, without the ARN up to the stage's slash. */
  public static Set<String> of(Optional<Emitted> document) {
    var lines = new LinkedHashSet<String>();
    document.ifPresent(
        it -> {
          for (Statement statement : PolicyDocument.read(it.json()).statements()) {
            String when =
                statement.conditions().stream()
                    .map(DocumentLines::text)
                    .collect(Collectors.joining());
            statement
                .resources()
                .forEach(arn -> lines.add(statement.effect() + " " + path(arn) + when));
          }
        });
    return lines;
  }

  private static String text(StatementCondition it) {
    return " if "
        + it.operator().word()
        + (it.ifExists() ? "IfExists " : " ")
        + it.key()
        + " "
        + String.join(", ", it.values());
  }

  private static String path(String arn) {
    int api = arn.indexOf('/');
    int stage = arn.indexOf('/', api + 1);
    return stage < 0 ? arn : arn.substring(stage + 1);
  }
}
