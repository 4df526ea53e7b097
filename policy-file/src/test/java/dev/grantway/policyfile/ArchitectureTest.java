package dev.grantway.policyfile;

import dev.grantway.houserules.HouseRules;
import org.junit.jupiter.api.Test;

/** What policy-file may use: the model and one YAML reader. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.policyfile",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.decision..",
        "dev.grantway.analysis..",
        "dev.grantway.revision..",
        "com.fasterxml.jackson.core..",
        "org.snakeyaml.engine..");
  }

  @Test
  void theLooseYamlReaderIsNotOnTheClassPath() {
    checkAbsent("org.yaml.snakeyaml.Yaml", "org.springframework.core.SpringVersion");
  }
}
