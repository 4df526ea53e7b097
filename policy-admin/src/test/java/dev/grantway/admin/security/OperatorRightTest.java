package dev.grantway.admin.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.grantway.admin.AdminSettings;
import dev.grantway.policy.Policy;
import dev.grantway.store.InMemoryPolicy;
import java.time.Clock;
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
  private static final OperatorsSeen SEEN =
      new OperatorsSeen(InMemoryPolicy.of(Policy.EMPTY, Clock.systemUTC()), Clock.systemUTC());

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

  private static final ApiIssuers OTHERS = new ApiIssuers("https://own.example", "", "");

  private static AdminSettings settings(String claim, String firstOwner) {
    return new AdminSettings(
        "t", claim, firstOwner, "", "", Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  }

  private static Operator read(AdminSettings settings, Map<String, Object> claims) {
    var all = new java.util.HashMap<>(claims);
    all.putIfAbsent("sub", "7");
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    return new SignedInOperators(settings, SEEN, OTHERS, event -> {})
        .operator(new OidcIdToken("token", now, now.plusSeconds(60), all));
  }

  private static Operator read(String firstOwner, Map<String, Object> claims) {
    return read(settings("sub", firstOwner), claims);
  }

  @Test
  void rightsComeFromTheIdToken() {
    Operator ana = read("", Map.of("sub", "ana", "operator_rights", List.of("editor")));
    assertThat(ana.name()).isEqualTo("ana");
    assertThat(ana.rights()).containsExactly(OperatorRight.EDITOR);
  }

  @Test
  void nobodyChoosesWhoTheyAre() {
    Operator mallory =
        read("olga", Map.of("sub", "7", "preferred_username", "olga", "name", "Olga Owner"));
    assertThat(mallory.name()).isEqualTo("7");
    assertThat(mallory.rights()).isEmpty();
  }

  @Test
  void operatorsAreKnownByTheClaimThatIsConfigured() {
    var byNumber = settings("employee", "e-17");
    Operator olga = read(byNumber, Map.of("employee", "e-17"));
    assertThat(olga.name()).isEqualTo("e-17");
    assertThat(olga.rights()).containsExactly(OperatorRight.OWNER);
    assertThat(read(byNumber, Map.of("employee", "e-18", "sub", "e-17")).rights()).isEmpty();
  }

  @Test
  void withoutThatClaimNobodyIsAnybody() {
    for (Object claim : List.of(" ", 17, List.of("e-17"))) {
      Operator operator =
          read(
              settings("employee", "e-17"),
              Map.of("employee", claim, "sub", "e-17", "operator_rights", List.of("owner")));
      assertThat(operator.rights()).as("%s", claim).isEmpty();
      assertThat(operator.name()).as("%s", claim).isEqualTo("nobody");
    }
    Map<String, Object> subjectAlone = Map.of("sub", "e-17", "operator_rights", List.of("owner"));
    assertThat(read(settings("employee", "e-17"), subjectAlone).rights()).isEmpty();
    assertThatThrownBy(() -> settings("", ""))
        .hasMessageContaining("GRANTWAY_OPERATOR_CLAIM")
        .hasMessageContaining("sub");
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
    assertThat(read("olga", Map.of("sub", "olga")).rights()).containsExactly(OperatorRight.OWNER);
    assertThat(read("olga", Map.of("sub", "ana")).rights()).isEmpty();
    assertThat(read("", Map.of("sub", "olga")).rights()).isEmpty();
  }

  @Test
  void whoeverIsNotSignedInMayNothing() {
    var operators = new SignedInOperators(settings("sub", ""), SEEN, OTHERS, event -> {});
    for (Task task : Task.values()) {
      assertThatThrownBy(() -> operators.require(task)).isInstanceOf(NotPermittedException.class);
    }
  }
}
