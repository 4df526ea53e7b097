package dev.grantway.usage;

import dev.grantway.houserules.HouseRules;
import org.junit.jupiter.api.Test;

/** What reading logs may use: the model, analysis and the store's ports. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.usage",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.analysis..",
        "dev.grantway.store",
        "com.fasterxml.jackson.core..");
  }

  @Test
  void noFrameworkIsNeeded() {
    checkAbsent(
        "org.springframework.core.SpringVersion", "com.fasterxml.jackson.databind.ObjectMapper");
  }
}
