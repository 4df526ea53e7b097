package dev.grantway.houserules;

/** The rules keep themselves. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.houserules",
        "com.tngtech.archunit..",
        "org.assertj..",
        "org.junit.jupiter..");
  }
}
