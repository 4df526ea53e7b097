package dev.grantway.deploy;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import software.amazon.awscdk.services.lambda.Code;

/**
 * What an authorizer is deployed with.
 *
 * @param table where the policy is
 * @param code the zip of {@code ./grantway package}
 * @param environment the {@code GRANTWAY_*} names of CONTRACT but the table's, as text; what is
 *     known at synthesis is checked then, by the authorizer's own rules
 * @param revocationBudget the longest that a kept answer may outlive a revocation
 * @param memoryMegabytes of one instance
 * @param release what stands in the version's description: another text makes another version,
 *     which plain CloudFormation needs to be told
 */
public record AuthorizerSettings(
    TableReference table,
    Code code,
    Map<String, String> environment,
    Duration revocationBudget,
    int memoryMegabytes,
    Optional<String> release) {
  private static final Duration BUDGET = Duration.ofSeconds(300);
  private static final int MEMORY = 1024;

  public AuthorizerSettings {
    environment = Map.copyOf(environment);
  }

  /** With a budget of 300 s and 1 GB. */
  public static AuthorizerSettings of(
      TableReference table, Code code, Map<String, String> environment) {
    return new AuthorizerSettings(table, code, environment, BUDGET, MEMORY, Optional.empty());
  }

  /** The same with another budget. */
  public AuthorizerSettings withRevocationBudget(Duration budget) {
    return new AuthorizerSettings(table, code, environment, budget, memoryMegabytes, release);
  }

  /** The same as a release of that name. */
  public AuthorizerSettings named(String name) {
    return new AuthorizerSettings(
        table, code, environment, revocationBudget, memoryMegabytes, Optional.of(name));
  }
}
