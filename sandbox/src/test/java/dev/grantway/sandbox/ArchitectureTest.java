package dev.grantway.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.grantway.houserules.HouseRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rooms of the sandbox and what each may know. */
class ArchitectureTest extends HouseRules {
  private static final String[] POLICY_DATA = {
    "dev.grantway.policy..",
    "dev.grantway.decision..",
    "dev.grantway.analysis..",
    "dev.grantway.revision..",
    "dev.grantway.store..",
    "dev.grantway.policyfile..",
    "dev.grantway.cli.."
  };

  ArchitectureTest() {
    super(
        "dev.grantway.sandbox",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.decision..",
        "dev.grantway.compile..",
        "dev.grantway.analysis..",
        "dev.grantway.revision..",
        "dev.grantway.store..",
        "dev.grantway.policyfile..",
        "dev.grantway.figures",
        "dev.grantway.authorizer",
        "dev.grantway.cli..",
        "com.amazonaws.services.lambda.runtime..",
        "com.fasterxml.jackson.core..",
        "com.nimbusds..",
        "jakarta.servlet..",
        "jdk.jfr..",
        "org.springframework..",
        "picocli..",
        "software.amazon.awssdk..");
  }

  @Test
  void roomsUseOnlyTheNeighboursTheyMay() {
    checkRooms(
        Map.of(
            "", Set.of("bench", "issuer", "process", "twin", "twin.http", "twin.lambda"),
            "bench", Set.of(),
            "process", Set.of(),
            "issuer", Set.of(),
            "twin", Set.of("twin.http", "twin.lambda"),
            "twin.http", Set.of(),
            "twin.lambda", Set.of("process", "twin.http")));
  }

  @Test
  void theTwinKnowsOnlyTheReturnedDocument() {
    noClasses()
        .that()
        .resideInAPackage("dev.grantway.sandbox.twin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(POLICY_DATA)
        .because("API Gateway knows no policy data either")
        .check(ours);
  }

  @Test
  void theIssuerKnowsNoPolicy() {
    noClasses()
        .that()
        .resideInAPackage("dev.grantway.sandbox.issuer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(POLICY_DATA)
        .orShould()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.grantway.resource..", "dev.grantway.compile..", "dev.grantway.authorizer..")
        .check(ours);
  }

  @Test
  void onlyTheIssuerKnowsSpring() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.grantway.sandbox.issuer..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.springframework..")
        .check(ours);
  }

  @Test
  void dynamoDbLocalIsOnNobodysClassPathButItsOwn() {
    checkAbsent("software.amazon.dynamodb.services.local.main.ServerRunner", "org.sqlite.JDBC");
  }
}
