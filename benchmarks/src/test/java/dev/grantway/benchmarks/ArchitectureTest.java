package dev.grantway.benchmarks;

import dev.grantway.houserules.HouseRules;

/** What benchmarks may use: whatever they measure, its peers, and JMH. */
class ArchitectureTest extends HouseRules {
  ArchitectureTest() {
    super(
        "dev.grantway.benchmarks",
        "dev.grantway..",
        "com.fasterxml.jackson.core..",
        "com.nimbusds..",
        "com.cedarpolicy..",
        "org.casbin..",
        "org.openjdk.jmh..",
        "jdk.jfr..");
  }
}
