package dev.grantway.report;

import dev.grantway.houserules.HouseRules;
import org.junit.jupiter.api.Test;

/** What reports may use: the model, the store's ports, and what writes files. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.report",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.analysis..",
        "dev.grantway.revision..",
        "dev.grantway.review..",
        "dev.grantway.store",
        "dev.grantway.audit..",
        "dev.grantway.decision..",
        "dev.grantway.policyfile..",
        "com.fasterxml.jackson.core..",
        "de.siegmar.fastcsv..",
        "org.dhatim.fastexcel..",
        "org.apache.pdfbox..",
        "org.apache.fontbox..");
  }

  @Test
  void noFrameworkIsNeeded() {
    checkAbsent(
        "org.springframework.core.SpringVersion", "com.fasterxml.jackson.databind.ObjectMapper");
  }
}
