package dev.grantway.admin.settings;

import dev.grantway.admin.AdminSettings;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.Rules;
import java.util.List;
import java.util.Map;

/**
 * The rules with the operator's draft over them, and what is known of the installation.
 *
 * @param retention none where everything is kept and the draft says nothing else
 * @param apis every API's name by its id
 * @param reported how instances for the stage are set up
 * @param app what this app was told by its environment
 */
public record SettingsPage(
    List<ApprovalLine> approvals,
    List<RuleLine<Rules.OperatorLimit>> limits,
    List<RuleLine<Rules.Waiver>> waivers,
    List<RuleLine<Rules.Invariant>> invariants,
    List<RuleLine<Rules.Retention>> retention,
    Map<ApiId, String> apis,
    List<Reported> reported,
    AdminSettings app) {
  public SettingsPage {
    approvals = List.copyOf(approvals);
    limits = List.copyOf(limits);
    waivers = List.copyOf(waivers);
    invariants = List.copyOf(invariants);
    retention = List.copyOf(retention);
    apis = Map.copyOf(apis);
    reported = List.copyOf(reported);
  }

  /** The name of an API; its id where it is not known. */
  public String apiName(ApiId id) {
    return apis.getOrDefault(id, id.value());
  }
}
