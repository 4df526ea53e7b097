package dev.grantway.authorizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.File;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rooms of the authorizer and the arrows between them: docs/architecture.md in code. */
class ArchitectureTest {
  /** What each room may use of its neighbours; only the root, which composes, uses them all. */
  private static final Map<String, List<String>> ARROWS =
      Map.of(
          "json", List.of(),
          "keys", List.of("json"),
          "token", List.of("json", "keys"),
          "gateway", List.of("json", "token"),
          "freshness", List.of("telemetry"),
          "telemetry", List.of("token"));

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.grantway.authorizer");

  @Test
  void roomsUseOnlyTheNeighboursTheyMay() {
    ARROWS.forEach(
        (room, may) -> {
          var others =
              Stream.concat(
                      Stream.of("dev.grantway.authorizer"),
                      ARROWS.keySet().stream()
                          .filter(other -> !other.equals(room) && !may.contains(other))
                          .map(ArchitectureTest::below))
                  .toArray(String[]::new);
          noClasses()
              .that()
              .resideInAPackage(below(room))
              .should()
              .dependOnClassesThat()
              .resideInAnyPackage(others)
              .because("`" + room + "` may use " + may + " of the authorizer")
              .allowEmptyShould(true)
              .check(CLASSES);
        });
  }

  @Test
  void onlyTheJsonRoomReadsJsonAndOnlyAnswersAndLogLinesAreWritten() {
    noClasses()
        .that()
        .resideOutsideOfPackage(below("json"))
        .should()
        .dependOnClassesThat()
        .areAssignableTo(com.fasterxml.jackson.core.JsonParser.class)
        .check(CLASSES);
    noClasses()
        .that()
        .resideOutsideOfPackages(below("json"), below("gateway"), below("telemetry"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(CLASSES);
  }

  @Test
  void onlyKeysAndTokenSeeTheSignatureLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages(below("keys"), below("token"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(CLASSES);
  }

  @Test
  void onlyFreshnessAndTheRootSeeTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackages(below("freshness"), "dev.grantway.authorizer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.grantway.store..")
        .check(CLASSES);
  }

  @Test
  void nothingHereEditsPolicies() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.grantway.policyfile..")
        .orShould()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.grantway.store.PolicyRepository")
        .check(CLASSES);
  }

  @Test
  void noReflectionBasedJsonAndNoFramework() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.fasterxml.jackson.databind..",
            "tools.jackson..",
            "com.google.gson..",
            "com.nimbusds.jose.shaded..",
            "org.springframework..",
            "com.vaadin..",
            "org.joda..",
            "java.util.logging..",
            "org.slf4j..")
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
        .check(CLASSES);
  }

  @Test
  void nothingStaticChanges() {
    noFields().that().areStatic().should().notBeFinal().check(CLASSES);
  }

  @Test
  void whatTokensHoldNeverReachesATelemetryType() {
    noClasses()
        .that()
        .resideInAPackage(below("telemetry"))
        .should()
        .dependOnClassesThat()
        .haveSimpleNameContaining("UnverifiedToken")
        .orShould()
        .dependOnClassesThat()
        .haveSimpleNameContaining("BearerText")
        .allowEmptyShould(true)
        .check(CLASSES);
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

  @Test
  void springIsNotOnTheClassPath() {
    assertThatThrownBy(() -> Class.forName("org.springframework.context.ApplicationContext"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
        .noneMatch(entry -> entry.contains("/org/springframework/"));
  }

  @Test
  void everyClassLivesInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of("dev.grantway.authorizer"),
                    ARROWS.keySet().stream().map(ArchitectureTest::below))
                .toArray(String[]::new))
        .check(CLASSES);
  }

  private static String below(String room) {
    return "dev.grantway.authorizer." + room + "..";
  }
}
