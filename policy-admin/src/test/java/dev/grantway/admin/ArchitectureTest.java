package dev.grantway.admin;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noFields;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.vaadin.flow.router.HasDynamicTitle;
import com.vaadin.flow.router.Route;
import dev.grantway.admin.common.Rounds;
import dev.grantway.authorizer.TokenTrial;
import dev.grantway.authorizer.telemetry.Pseudonym;
import dev.grantway.authorizer.token.VerifiedToken;
import java.time.Instant;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The rooms of the admin app: services hold the rules, views call services. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.grantway.admin");

  @Test
  void viewsCallServicesAndNeverTheStore() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.grantway.admin..ui..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.grantway.store..", "software.amazon..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void servicesDoNotKnowViews() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "..ui..",
            "dev.grantway.admin.shell..",
            "dev.grantway.admin.common..",
            "dev.grantway.admin.security..",
            "dev.grantway.admin")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("com.vaadin..", "dev.grantway.admin..ui..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  /**
   * To read a token that somebody pastes, and to know callers by the names that its logs give them;
   * everything else of the authorizer is its own.
   */
  @Test
  void twoRoomsAloneKnowTheAuthorizerAndOnlyItsTokensAndPseudonyms() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.grantway.admin.simulate", "dev.grantway.admin.usage")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.grantway.authorizer..")
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.grantway.authorizer..")
                .and(not(belongToAnyOf(TokenTrial.class, VerifiedToken.class, Pseudonym.class))))
        .check(CLASSES);
  }

  @Test
  void noCommercialComponents() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "com.vaadin.flow.component.charts..",
            "com.vaadin.flow.component.dashboard..",
            "com.vaadin.flow.component.crud..",
            "com.vaadin.flow.component.gridpro..",
            "com.vaadin.flow.component.board..",
            "com.vaadin.flow.component.richtexteditor..",
            "com.vaadin.flow.component.spreadsheet..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void nothingNeedsANodeBuild() {
    noClasses()
        .should()
        .beAnnotatedWith("com.vaadin.flow.component.dependency.JsModule")
        .orShould()
        .beAnnotatedWith("com.vaadin.flow.component.dependency.CssImport")
        .orShould()
        .beAnnotatedWith("com.vaadin.flow.component.dependency.NpmPackage")
        .orShould()
        .beAnnotatedWith("com.vaadin.flow.theme.Theme")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void everyViewHasATitle() {
    classes()
        .that()
        .areAnnotatedWith(Route.class)
        .should()
        .beAssignableTo(HasDynamicTitle.class)
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
  void whatIsDoneAgainAndAgainHasATrace() {
    noClasses()
        .that()
        .doNotBelongToAnyOf(Rounds.class)
        .should()
        .callMethodWhere(
            JavaCall.Predicates.target(
                HasName.Predicates.nameMatching("scheduleWithFixedDelay|scheduleAtFixedRate")))
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
