package dev.grantway.imports;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.grantway.analysis.Severity;
import dev.grantway.policy.Api;
import dev.grantway.policyfile.FindingCode;
import dev.grantway.policyfile.Findings;
import dev.grantway.policyfile.Nearest;
import dev.grantway.policyfile.Position;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.Optional;

/** Compares what is imported with policy data. */
public final class Imports {
  /** How many bytes a file may have: 16 MiB. */
  public static final int MOST_BYTES = 16 << 20;

  private Imports() {}

  /**
   * What the import of a file would do. Files of more than {@value #MOST_BYTES} bytes are refused
   * before they are read, and what is not UTF-8.
   */
  public static DryRun dryRun(ImportOrder order, byte[] file, ImportBase base) {
    var findings = new Findings(order.file());
    return text(file, findings)
        .map(text -> dryRun(order, text, base, findings))
        .orElseGet(() -> DryRun.refused(order, findings.sorted()));
  }

  /** The text of a file, or none and an error. */
  private static Optional<String> text(byte[] file, Findings findings) {
    if (file.length > MOST_BYTES) {
      findings.add(
          Severity.ERROR,
          Position.START,
          ImportCode.IMPORT_TOO_BIG,
          "file has " + file.length + " bytes, more than " + MOST_BYTES,
          "split it by API or by role");
      return Optional.empty();
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(file)).toString();
      return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    } catch (CharacterCodingException notUtf8) {
      findings.add(
          Severity.ERROR,
          Position.START,
          ImportCode.NOT_UTF8,
          "file is not UTF-8",
          "save it as UTF-8");
      return Optional.empty();
    }
  }

  private static DryRun dryRun(ImportOrder order, String text, ImportBase base, Findings findings) {
    return switch (order.kind()) {
      case OPENAPI, APIGATEWAY ->
          api(order, base, findings)
              .map(api -> new RouteImport(order, base, api, findings).dryRun(text))
              .orElseGet(() -> DryRun.refused(order, findings.sorted()));
      case POLICY -> new PolicyImport(order, base).dryRun(text);
      case PERMISSIONS -> new PermissionImport(order, base, findings).dryRun(text);
      case ASSIGNMENTS -> new AssignmentImport(order, base, findings).dryRun(text);
      case MEMBERSHIPS -> new MembershipImport(order, base.members(), findings).dryRun(text);
    };
  }

  private static Optional<Api> api(ImportOrder order, ImportBase base, Findings findings) {
    List<String> names = base.view().apis().stream().map(Api::name).toList();
    if (order.api().isEmpty()) {
      if (names.size() == 1) {
        return base.named(names.getFirst());
      }
      findings.add(
          Severity.ERROR,
          Position.START,
          ImportCode.WHICH_API,
          names.isEmpty()
              ? "the policy has no API yet"
              : "the policy has " + names.size() + " APIs",
          names.isEmpty()
              ? "add the API with its id and stages first, by a policy file"
              : "name the one whose routes these are: " + String.join(", ", names));
      return Optional.empty();
    }
    Optional<Api> api = base.named(order.api());
    if (api.isEmpty()) {
      findings.error(
          Position.START,
          FindingCode.UNKNOWN_API,
          "API " + Findings.quote(order.api()) + " is not in the policy",
          Nearest.to(order.api(), names)
              .map(near -> "add it first, or name `" + near + "`")
              .orElse("add it first, by a policy file"));
    }
    return api;
  }
}
