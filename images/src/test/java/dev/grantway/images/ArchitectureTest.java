package dev.grantway.images;

import dev.grantway.houserules.HouseRules;

/** What makes images knows nothing of what is in them. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super("dev.grantway.images", "com.google.cloud.tools.jib..");
  }
}
