package dev.grantway.sandbox;

import dev.grantway.policyfile.Finding;
import dev.grantway.policyfile.PolicyFile;
import dev.grantway.revision.PolicyRow;
import dev.grantway.revision.PolicyRows;
import dev.grantway.revision.Publication;
import dev.grantway.revision.PublishResult;
import dev.grantway.revision.Refusal;
import dev.grantway.revision.Revision;
import dev.grantway.revision.RowKey;
import dev.grantway.store.PolicyRepository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What an empty table starts with.
 *
 * @param name {@code orders}, {@code none} or the name of a policy file
 */
record Seed(String name) {

  /** Refuses what cannot be read or has an error, before anything is started. */
  void check() {
    rows();
  }

  /** Publishes it as revision 1, unless there is a revision already; says what was published. */
  Optional<String> into(PolicyRepository repository) {
    long revision = repository.head().revision();
    if (revision > 0) {
      return Optional.of("the table holds revision " + revision + ", which stays");
    }
    var changes = PolicyRows.diff(new TreeMap<>(), rows());
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    var publication =
        new Publication(
            changes, 0, Revision.NO_HASH, "sandbox", List.of(), "start from `" + name + "`", "");
    return switch (repository.publish(publication)) {
      case PublishResult.Published published ->
          Optional.of("published `" + name + "` as revision " + published.revision().number());
      case PublishResult.Conflict conflict -> Optional.empty();
      case PublishResult.Refused(var findings) ->
          throw new SandboxException(
              2, "`" + name + "` cannot be published:\n" + lines(findings, Refusal::message));
    };
  }

  private SortedMap<RowKey, PolicyRow> rows() {
    if (name.equals("none")) {
      return new TreeMap<>();
    }
    return switch (PolicyFile.read(text(), name)) {
      case PolicyFile.Read read -> PolicyRows.of(read.policy(), read.tests());
      case PolicyFile.Refused(var findings) ->
          throw new SandboxException(2, lines(findings, Finding::toString));
    };
  }

  private String text() {
    try {
      return name.equals("orders") ? PolicyFile.ordersSample() : Files.readString(Path.of(name));
    } catch (IOException e) {
      throw new SandboxException(2, "--seed `" + name + "` is not orders, none or a file to read");
    }
  }

  private static <T> String lines(List<T> items, Function<T, String> text) {
    return items.stream().map(text).collect(Collectors.joining("\n"));
  }
}
