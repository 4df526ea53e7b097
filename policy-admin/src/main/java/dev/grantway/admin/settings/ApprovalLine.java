package dev.grantway.admin.settings;

import dev.grantway.policy.Rules;
import java.util.List;

/**
 * An approval rule, and whether it can be kept.
 *
 * @param apiName of the API that it is about
 * @param approvers the operators known to be able to approve there; of a draft all but its authors
 */
public record ApprovalLine(
    RuleLine<Rules.ApprovalRule> line, String apiName, List<String> approvers) {
  public ApprovalLine {
    approvers = List.copyOf(approvers);
  }
}
