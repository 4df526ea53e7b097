package dev.grantway.events;

import dev.grantway.houserules.HouseRules;

/** What the adapters may use: the handler, the library's types and a JSON parser. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.events",
        "dev.grantway.authorizer",
        "com.amazonaws.services.lambda.runtime..",
        "com.fasterxml.jackson.core..");
  }
}
