package dev.grantway.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.cedarpolicy.model.policy.Policy;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every peer answers the calls that are compared as ours does, in the small worlds: whoever does
 * not is refused.
 */
class PeersTest {
  @ParameterizedTest
  @CsvSource({"10, allowed", "10, denied", "1000, allowed", "1000, denied"})
  void allAnswerTheSame(int permissions, String call) throws Exception {
    var path = new DecisionPath();
    path.permissions = permissions;
    path.call = call;
    path.prepare();
    boolean allowed = call.equals("allowed");
    assertThat(path.nimbusMap()).isEqualTo(allowed);
    assertThat(path.casbin()).isEqualTo(allowed);
    assertThat(path.casbinSharded()).isEqualTo(allowed);
    assertThat(path.casbinCached()).isEqualTo(allowed);
    assertThat(path.cedar()).isEqualTo(allowed);
  }

  /** So many calls of the compared ones are denied for that reason alone. */
  @ParameterizedTest
  @CsvSource({"10, 0", "1000, 14", "100000, 6"})
  void someCallsAreTakenAwayByADeny(int permissions, int overridden) {
    assertThat(PeerWorld.of(permissions).overridden()).hasSize(overridden);
  }

  /** One policy for each group, as Amazon Verified Permissions has them, and one that forbids. */
  @Test
  void cedarHasAPolicyForEachRoleAndEffect() {
    Set<Policy> policies = CedarPeer.policies(PeerWorld.of(1_000));
    assertThat(policies).hasSize(2 * 20);
    assertThat(policies)
        .extracting(it -> it.policySrc)
        .anyMatch(it -> it.startsWith("permit(principal in UserGroup::\"role0\", action in ["))
        .anyMatch(it -> it.matches("forbid.*Action::\"[a-z]+ /resource[0-9]+(/[{]id})?\".*"));
  }
}
