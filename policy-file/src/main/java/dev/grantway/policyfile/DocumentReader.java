package dev.grantway.policyfile;

import dev.grantway.decision.PolicyTest;
import dev.grantway.policy.Api;
import dev.grantway.policy.Assignment;
import dev.grantway.policy.Permission;
import dev.grantway.policy.Policy;
import dev.grantway.policy.Role;
import dev.grantway.policy.RoleGraph;
import dev.grantway.policy.RoleName;
import dev.grantway.policy.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a whole policy document, in the order in which its parts name each other. */
final class DocumentReader {
  private final Findings findings;
  private final Known known;
  private final RoleReader roleReader;

  DocumentReader(Findings findings, Known known) {
    this.findings = findings;
    this.known = known;
    this.roleReader = new RoleReader(findings, known);
  }

  PolicyFile.Result read(Node root) {
    Optional<Entry> document = Entry.of(Shape.DOCUMENT, root, findings);
    if (document.isEmpty()) {
      return new PolicyFile.Refused(findings.sorted());
    }
    checkVersion(document.get());
    List<Api> apis = apis(document.get());
    List<Entry> roleEntries = document.get().entries("roles", Shape.ROLE);
    roleReader.names(roleEntries);
    var roles = new ArrayList<Role>();
    var permissions = new ArrayList<Permission>();
    for (Entry entry : roleEntries) {
      Optional<Role> role = roleReader.role(entry);
      role.ifPresent(roles::add);
      permissions.addAll(permissions(entry, role));
    }
    checkCycles(roles, roleEntries);
    List<Assignment> assignments = assignments(document.get());
    Rules rules = new RulesReader(findings, known, roleReader).read(document.get());
    List<PolicyTest> tests = tests(document.get());
    if (findings.hasErrors()) {
      return new PolicyFile.Refused(findings.sorted());
    }
    return findings
        .guard(
            document.get().at(),
            FindingCode.BAD_VALUE,
            "correct the file",
            () -> CanonicalOrder.of(new Policy(apis, roles, permissions, assignments, rules)))
        .<PolicyFile.Result>map(
            policy -> new PolicyFile.Read(policy, tests, known.positions(), findings.sorted()))
        .orElseGet(() -> new PolicyFile.Refused(findings.sorted()));
  }

  private void checkVersion(Entry document) {
    if (document.requireKey("grantway")
        && !document.number("grantway").map(version -> version == 1).orElse(true)) {
      findings.error(
          document.at("grantway"),
          FindingCode.BAD_VERSION,
          "this format of policy file is not known",
          "write `grantway: 1`");
    }
  }

  private List<Api> apis(Entry document) {
    var reader = new ApiReader(findings, known);
    var apis = new ArrayList<Api>();
    document.entries("apis", Shape.API).forEach(entry -> reader.read(entry).ifPresent(apis::add));
    return apis;
  }

  private List<Permission> permissions(Entry roleEntry, Optional<Role> role) {
    RoleName name = role.map(Role::name).orElse(RoleName.AUTHENTICATED);
    var permissions = new ArrayList<Permission>();
    for (Entry entry : roleEntry.entries("permissions", Shape.PERMISSION)) {
      roleReader.permission(entry, name).ifPresent(permissions::add);
    }
    return permissions;
  }

  /** Roles join one by one, so that the finding stands at the one that closes a circle. */
  private void checkCycles(List<Role> roles, List<Entry> entries) {
    if (isAcyclic(roles)) {
      return;
    }
    var joined = new ArrayList<Role>();
    for (Role role : roles) {
      joined.add(role);
      Entry entry =
          entries.stream()
              .filter(e -> e.text("name").equals(Optional.of(role.name().value())))
              .findFirst()
              .orElseThrow();
      boolean fine =
          findings
              .guard(
                  entry.at("inherits"),
                  FindingCode.ROLE_CYCLE,
                  "a role may not inherit itself",
                  () -> new RoleGraph(joined))
              .isPresent();
      if (!fine) {
        joined.removeLast();
      }
    }
  }

  private static boolean isAcyclic(List<Role> roles) {
    try {
      new RoleGraph(roles);
      return true;
    } catch (IllegalArgumentException cycle) {
      return false;
    }
  }

  private List<Assignment> assignments(Entry document) {
    var reader = new AssignmentReader(findings, known);
    var assignments = new ArrayList<Assignment>();
    document
        .entries("assignments", Shape.ASSIGNMENT)
        .forEach(entry -> reader.read(entry).ifPresent(assignments::add));
    return assignments;
  }

  private List<PolicyTest> tests(Entry document) {
    var reader = new TestReader(findings, known);
    var tests = new ArrayList<PolicyTest>();
    document
        .entries("tests", Shape.TEST)
        .forEach(entry -> reader.read(entry).ifPresent(tests::add));
    return tests;
  }
}
