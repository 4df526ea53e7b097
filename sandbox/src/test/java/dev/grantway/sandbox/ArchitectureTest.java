package dev.grantway.sandbox;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rooms of the sandbox and what each may know. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.grantway.sandbox");

  @Test
  void theTwinKnowsOnlyTheReturnedDocument() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.grantway.sandbox.twin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.grantway.policy..",
            "dev.grantway.decision..",
            "dev.grantway.analysis..",
            "dev.grantway.revision..",
            "dev.grantway.store..",
            "dev.grantway.policyfile..",
            "dev.grantway.cli..",
            "org.springframework..")
        .because("API Gateway knows no policy data either")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theTwinMeetsTheAuthorizerOnlyAtItsEntryPoint() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.grantway.sandbox.twin..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.grantway.authorizer.gateway..",
            "dev.grantway.authorizer.token..",
            "dev.grantway.authorizer.keys..",
            "dev.grantway.authorizer.json..",
            "dev.grantway.authorizer.freshness..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void theIssuerKnowsNoPolicy() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.grantway.sandbox.issuer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.grantway.resource..",
            "dev.grantway.policy..",
            "dev.grantway.decision..",
            "dev.grantway.compile..",
            "dev.grantway.store..",
            "dev.grantway.authorizer..",
            "dev.grantway.sandbox.twin..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void onlyTheIssuerKnowsSpring() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.grantway.sandbox.issuer..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.springframework..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void dynamoDbLocalIsOnNobodysClassPathButItsOwn() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.grantway.sandbox.table..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.amazonaws.services.dynamodbv2..", "software.amazon.dynamodb..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void timeComesFromAClock() {
    noClasses()
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callConstructor(java.util.Date.class)
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothingStaticChanges() {
    noFields().that().areStatic().should().notBeFinal().allowEmptyShould(true).check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    var unmarked =
        CLASSES.stream()
            .map(type -> type.getPackage())
            .distinct()
            .filter(room -> !room.isAnnotatedWith(NullMarked.class))
            .map(room -> room.getName())
            .toList();
    assertThat(unmarked).as("packages without @NullMarked in package-info.java").isEmpty();
  }
}
