package dev.grantway.usage;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ClassFileImporter;
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
        "dev.grantway.store..",
        "software.amazon.awssdk..",
        "com.fasterxml.jackson.core..");
  }

  @Test
  void oneRoomAloneKnowsAws() {
    noClasses()
        .that()
        .resideInAPackage("dev.grantway.usage")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "dev.grantway.store.dynamodb..")
        .check(new ClassFileImporter().importPackages("dev.grantway.usage"));
  }

  @Test
  void noFrameworkIsNeeded() {
    checkAbsent(
        "org.springframework.core.SpringVersion", "com.fasterxml.jackson.databind.ObjectMapper");
  }
}
