package dev.grantway.deploy;

import dev.grantway.houserules.HouseRules;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What the constructs may use: the model's names, the authorizer's own checks, the CDK. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.deploy",
        "dev.grantway.resource..",
        "dev.grantway.wiring..",
        "dev.grantway.store.dynamodb..",
        "dev.grantway.authorizer..",
        "software.amazon.awscdk..",
        "software.amazon.jsii..",
        "software.constructs..");
  }

  @Test
  void thereIsOneRoom() {
    checkRooms(Map.of("", Set.of()));
  }

  @Test
  void nothingOfTheAppOrTheSandboxIsNeeded() {
    checkAbsent(
        "org.springframework.core.SpringVersion",
        "com.vaadin.flow.component.Component",
        "dev.grantway.admin.Application",
        "dev.grantway.sandbox.Sandbox");
  }
}
