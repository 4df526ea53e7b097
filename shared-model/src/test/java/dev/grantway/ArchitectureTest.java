package dev.grantway;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import dev.grantway.houserules.HouseRules;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rooms of shared-model and the arrows between them: docs/architecture.md in code. */
class ArchitectureTest extends HouseRules {
  /** From the top down: each room may use those named before it, and no other. */
  private static final List<String> ROOMS =
      List.of(
          "resource",
          "policy",
          "decision",
          "compile",
          "analysis",
          "wiring",
          "revision",
          "review",
          "audit",
          "store",
          "store.dynamodb");

  ArchitectureTest() {
    super("dev.grantway", "com.fasterxml.jackson.core..", "software.amazon.awssdk..");
  }

  @Test
  void everyRoomUsesOnlyTheRoomsAboveIt() {
    Map<String, Set<String>> arrows = new LinkedHashMap<>();
    ROOMS.forEach(room -> arrows.put(room, new TreeSet<>(arrows.keySet())));
    checkRooms(arrows);
  }

  @Test
  void onlyTheDynamoDbStoreKnowsAws() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.grantway.store.dynamodb..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("software.amazon..", "com.amazonaws..")
        .check(ours);
  }

  @Test
  void nothingIsPrinted() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(ours);
  }

  @Test
  void springVaadinAndReflectionBasedJsonAreNotOnTheClassPath() {
    checkAbsent(
        "org.springframework.core.SpringVersion",
        "org.springframework.context.ApplicationContext",
        "com.vaadin.flow.component.Component");
  }
}
