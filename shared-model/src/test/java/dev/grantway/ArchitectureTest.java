package dev.grantway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rooms of shared-model and the arrows between them: docs/architecture.md in code. */
class ArchitectureTest {
  /** From the top down: each room may use those named before it, and no other. */
  private static final List<String> ROOMS =
      List.of("resource", "policy", "decision", "compile", "analysis", "revision", "store");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.grantway");

  @Test
  void everyRoomUsesOnlyTheRoomsAboveIt() {
    for (int i = 0; i < ROOMS.size() - 1; i++) {
      var below =
          ROOMS.subList(i + 1, ROOMS.size()).stream()
              .map(room -> "dev.grantway." + room + "..")
              .toArray(String[]::new);
      noClasses()
          .that()
          .resideInAPackage("dev.grantway." + ROOMS.get(i) + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(below)
          .because("`" + ROOMS.get(i) + "` stands above them")
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void everyClassLivesInARoom() {
    classes()
        .should()
        .resideInAnyPackage(
            ROOMS.stream().map(room -> "dev.grantway." + room + "..").toArray(String[]::new))
        .check(CLASSES);
  }

  @Test
  void onlyTheDynamoDbStoreKnowsAws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.grantway.store.dynamodb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "com.amazonaws..")
        .check(CLASSES);
  }

  @Test
  void onlyTheJdkAndTheStreamingParserAreUsedBesides() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.grantway..",
            "java..",
            "org.jspecify..",
            "com.fasterxml.jackson.core..",
            "software.amazon.awssdk..")
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
  void nothingStaticChangesAndNothingIsPrinted() {
    noFields().that().areStatic().should().notBeFinal().check(CLASSES);
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
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
  void springAndVaadinAreNotOnTheClassPath() {
    for (var absent :
        List.of(
            "org.springframework.context.ApplicationContext",
            "com.vaadin.flow.component.Component")) {
      assertThatThrownBy(() -> Class.forName(absent))
          .as(absent)
          .isInstanceOf(ClassNotFoundException.class);
    }
  }
}
