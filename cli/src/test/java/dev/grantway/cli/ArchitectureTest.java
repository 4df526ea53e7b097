package dev.grantway.cli;

import dev.grantway.houserules.HouseRules;
import org.junit.jupiter.api.Test;

/** What the commands may use: the model, policy files, imports, the authorizer, picocli. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.cli",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.decision..",
        "dev.grantway.compile..",
        "dev.grantway.analysis..",
        "dev.grantway.revision..",
        "dev.grantway.audit..",
        "dev.grantway.store..",
        "dev.grantway.policyfile..",
        "dev.grantway.report..",
        "dev.grantway.imports..",
        "dev.grantway.usage..",
        "dev.grantway.authorizer..",
        "com.amazonaws.services.lambda.runtime..",
        "com.fasterxml.jackson.core..",
        "picocli..");
  }

  @Test
  void noCommandNeedsAFrameworkOrTheAdminApp() {
    checkAbsent(
        "org.springframework.core.SpringVersion",
        "com.vaadin.flow.component.Component",
        "dev.grantway.admin.AdminApplication",
        "dev.grantway.sandbox.Sandbox");
  }
}
