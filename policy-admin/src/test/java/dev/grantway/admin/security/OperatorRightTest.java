package dev.grantway.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.AdminSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;

class OperatorRightTest {

  /** The table of CONTRACT, row by row. */
  @ParameterizedTest
  @CsvSource({
    "SEE, VIEWER EDITOR APPROVER OWNER AUDITOR",
    "DRAFT, EDITOR APPROVER OWNER",
    "PUBLISH, EDITOR APPROVER OWNER",
    "PUBLISH_APPROVED, APPROVER OWNER",
    "REVOKE, APPROVER OWNER",
    "CHANGE_RULES, OWNER",
    "EVIDENCE, OWNER AUDITOR"
  })
  void rightsAllowWhatTheContractSays(Task task, String rights) {
    var allowed = Set.of(rights.split(" "));
    for (OperatorRight right : OperatorRight.values()) {
      assertThat(right.allows(task))
          .as("%s may %s", right, task)
          .isEqualTo(allowed.contains(right.name()));
    }
  }

  private static Operator read(String firstOwner, Map<String, Object> claims) {
    var settings =
        new AdminSettings("t", firstOwner, "", Duration.ZERO, Duration.ZERO, Duration.ZERO);
    var all = new java.util.HashMap<>(claims);
    all.put("sub", "7");
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    return new SignedInOperators(settings)
        .operator(new OidcIdToken("token", now, now.plusSeconds(60), all));
  }

  @Test
  void rightsComeFromTheIdToken() {
    Operator ana =
        read("", Map.of("preferred_username", "ana", "operator_rights", List.of("editor")));
    assertThat(ana.name()).isEqualTo("ana");
    assertThat(ana.rights()).containsExactly(OperatorRight.EDITOR);
  }

  @Test
  void anUnknownRightGivesNothing() {
    assertThat(read("", Map.of("operator_rights", List.of("EDITOR", "root", 1))).rights())
        .isEmpty();
    assertThat(read("", Map.of("operator_rights", "owner")).rights()).isEmpty();
    assertThat(read("", Map.of()).rights()).isEmpty();
  }

  @Test
  void theFirstOwnerIsNamedInConfiguration() {
    assertThat(read("olga", Map.of("preferred_username", "olga")).rights())
        .containsExactly(OperatorRight.OWNER);
    assertThat(read("olga", Map.of("preferred_username", "ana")).rights()).isEmpty();
  }

  @Test
  void whoeverIsNotSignedInMayNothing() {
    var settings = new AdminSettings("t", "", "", Duration.ZERO, Duration.ZERO, Duration.ZERO);
    var operators = new SignedInOperators(settings);
    for (Task task : Task.values()) {
      assertThatThrownBy(() -> operators.require(task)).isInstanceOf(NotPermittedException.class);
    }
  }
}
