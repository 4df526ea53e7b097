package dev.grantway.figures;

import dev.grantway.houserules.HouseRules;

/** Figures are numbers and texts: nothing of what is measured is known here. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super("dev.grantway.figures", "com.fasterxml.jackson.core..");
  }
}
