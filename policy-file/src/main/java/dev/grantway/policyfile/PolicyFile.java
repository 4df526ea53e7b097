package dev.grantway.policyfile;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Policy;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Policy files, YAML 1.2 or JSON (CONTRACT "The policy file"). */
public final class PolicyFile {
  private PolicyFile() {}

  /** What a file says, or why it says nothing. */
  public sealed interface Result {
    List<Finding> findings();
  }

  /**
   * A file without errors.
   *
   * @param findings warnings
   */
  public record Read(
      Policy policy, List<PolicyTest> tests, Positions positions, List<Finding> findings)
      implements Result {
    public Read {
      tests = List.copyOf(tests);
      findings = List.copyOf(findings);
    }
  }

  /** A file with at least one error; every error is there. */
  public record Refused(List<Finding> findings) implements Result {
    public Refused {
      findings = List.copyOf(findings);
    }
  }

  /**
   * Reads a policy file; nothing outside the text is read.
   *
   * @param fileName as it stands in findings
   */
  public static Result read(String text, String fileName) {
    return read(text, fileName, Map.of());
  }

  /**
   * The same with other ids of APIs than the file has, by the APIs' names: one file for several
   * environments. Names that the file lacks say nothing.
   */
  public static Result read(String text, String fileName, Map<String, ApiId> ids) {
    var findings = new Findings(fileName);
    return NodeReader.read(text, findings)
        .map(root -> new DocumentReader(findings, new Known(findings, ids)).read(root))
        .orElseGet(() -> new Refused(findings.sorted()));
  }

  /** How a file is written. */
  public enum Format {
    YAML,
    JSON
  }

  /**
   * Writes a policy and its tests in one order, whatever theirs was: reading it gives the same
   * policy with everything whose order means nothing sorted.
   */
  public static String write(Policy policy, List<PolicyTest> tests, Format format) {
    var tree = PolicyTree.of(policy, tests);
    return switch (format) {
      case YAML -> PolicyWriter.yaml(tree);
      case JSON -> PolicyWriter.json(tree);
    };
  }

  /** The sample policy of the sandbox: the API {@code orders}. */
  public static String ordersSample() {
    try (InputStream in = PolicyFile.class.getResourceAsStream("orders.yaml")) {
      if (in == null) {
        throw new IllegalStateException("orders.yaml is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }
}
