package dev.grantway.authorizer;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.houserules.HouseRules;
import java.io.File;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The rooms of the authorizer and the arrows between them: docs/architecture.md in code. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.authorizer",
        "dev.grantway.resource..",
        "dev.grantway.policy..",
        "dev.grantway.decision..",
        "dev.grantway.compile..",
        "dev.grantway.wiring..",
        "dev.grantway.revision..",
        "dev.grantway.store..",
        "com.amazonaws.services.lambda.runtime..",
        "com.nimbusds.jose..",
        "javax.crypto..",
        "com.sun.net.httpserver..",
        "org.crac..");
  }

  /** Only the root, which composes, uses all of its neighbours. */
  @Test
  void roomsUseOnlyTheNeighboursTheyMay() {
    checkRooms(
        Map.of(
            "", Set.of("json", "keys", "token", "gateway", "freshness", "telemetry"),
            "json", Set.of(),
            "keys", Set.of("json"),
            "token", Set.of("json", "keys"),
            "gateway", Set.of("json", "token"),
            "freshness", Set.of("telemetry"),
            "telemetry", Set.of("json", "token")));
  }

  @Test
  void jsonIsReadAndWrittenInItsRoomAlone() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.fasterxml.jackson..")
        .check(ours);
  }

  @Test
  void onlyKeysAndTokenSeeTheSignatureLibrary() {
    noClasses()
        .that()
        .resideOutsideOfPackages(below("keys"), below("token"))
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds..")
        .check(ours);
  }

  @Test
  void nobodySeesWhatNimbusShades() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.nimbusds.jose.shaded..")
        .check(ours);
  }

  @Test
  void onlyFreshnessAndTheRootSeeTheStore() {
    noClasses()
        .that()
        .resideOutsideOfPackages(below("freshness"), "dev.grantway.authorizer")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.grantway.store..")
        .check(ours);
  }

  @Test
  void nothingHereEditsPolicies() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("dev.grantway.store.PolicyRepository")
        .check(ours);
  }

  @Test
  void onlyTheHandlerKnowsOfCheckpoints() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(AuthorizerHandler.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.crac..")
        .check(ours);
  }

  /** What serves calls listens nowhere. */
  @Test
  void onlyTheTrainingOfAnImageHasAServer() {
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Training.class.getName())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("com.sun.net.httpserver..")
        .check(ours);
  }

  @Test
  void noLogLineIsLeftToALogger() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.util.logging..", "org.slf4j..")
        .check(ours);
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
        .check(ours);
  }

  @Test
  void springIsNotOnTheClassPath() {
    checkAbsent(
        "org.springframework.core.SpringVersion",
        "org.springframework.context.ApplicationContext",
        "com.vaadin.flow.component.Component",
        "com.fasterxml.jackson.databind.ObjectMapper");
    assertThat(System.getProperty("java.class.path").split(File.pathSeparator))
        .noneMatch(entry -> entry.contains("/org/springframework/"));
  }

  private static String below(String room) {
    return "dev.grantway.authorizer." + room + "..";
  }
}
