package dev.grantway.imports;

import dev.grantway.houserules.HouseRules;
import org.junit.jupiter.api.Test;

/** What imports may use: the model, policy files, what reads tables and OpenAPI, the AWS SDK. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.imports",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.analysis..",
        "dev.grantway.revision..",
        "dev.grantway.policyfile..",
        "dev.grantway.report..",
        "dev.grantway.decision..",
        "dev.grantway.store",
        "dev.grantway.store.dynamodb..",
        "com.fasterxml.jackson.core..",
        "com.fasterxml.jackson.databind..",
        "de.siegmar.fastcsv..",
        "io.swagger.v3..",
        "org.snakeyaml.engine..",
        "software.amazon.awssdk..");
  }

  @Test
  void noFrameworkIsNeeded() {
    checkAbsent("org.springframework.core.SpringVersion", "com.vaadin.flow.component.Component");
  }
}
