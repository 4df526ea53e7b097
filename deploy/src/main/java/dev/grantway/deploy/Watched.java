package dev.grantway.deploy;

import java.util.List;

/**
 * What is watched.
 *
 * @param api id of the API
 * @param stages its stages
 * @param issuers aliases of the issuers that tokens come from
 * @param policyBytes {@code GRANTWAY_POLICY_BYTES}
 */
public record Watched(String api, List<String> stages, List<String> issuers, int policyBytes) {
  public Watched {
    stages = List.copyOf(stages);
    issuers = List.copyOf(issuers);
  }
}
