package dev.grantway.policyfile;

import dev.grantway.policy.Assignment;
import dev.grantway.policy.RoleName;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads {@code assignments}. */
final class AssignmentReader {
  static final List<String> KINDS = List.of("subject", "client", "group");

  private final Findings findings;
  private final Known known;

  AssignmentReader(Findings findings, Known known) {
    this.findings = findings;
    this.known = known;
  }

  Optional<Assignment> read(Entry entry) {
    Optional<RoleName> role = known.role(entry);
    Optional<String> issuer = entry.required("issuer");
    List<String> kinds = KINDS.stream().filter(entry::has).toList();
    if (kinds.size() != 1) {
      findings.error(
          entry.at(),
          FindingCode.MISSING_KEY,
          "an assignment needs exactly one of `subject`, `client` and `group`",
          "write one of them");
      return Optional.empty();
    }
    String kind = kinds.getFirst();
    Optional<String> value = entry.text(kind);
    Optional<Instant> until = entry.instant("until");
    if (role.isEmpty() || issuer.isEmpty() || value.isEmpty()) {
      return Optional.empty();
    }
    if (!known.define("assignment", key(role.get(), issuer.get(), kind, value.get()), entry.at())) {
      return Optional.empty();
    }
    return findings.guard(
        entry.at(),
        FindingCode.BAD_VALUE,
        "correct the assignment",
        () ->
            new Assignment(
                role.get(),
                issuer.get(),
                Assignment.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                value.get(),
                until.orElse(null)));
  }

  private static String key(RoleName role, String issuer, String kind, String value) {
    return role + " for " + issuer + " " + kind + " " + value;
  }

  /** What an assignment is known by while a file is read. */
  static String key(Assignment it) {
    return key(it.role(), it.issuer(), it.kind().name().toLowerCase(Locale.ROOT), it.value());
  }
}
