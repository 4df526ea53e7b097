package dev.grantway.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** What the commands may use: the model, policy files, the authorizer, picocli. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.grantway.cli");

  @Test
  void noCommandNeedsAFrameworkOrTheAdminApp() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "dev.grantway.admin..",
            "dev.grantway.sandbox..",
            "org.springframework..",
            "com.vaadin..",
            "com.fasterxml.jackson.databind..")
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
