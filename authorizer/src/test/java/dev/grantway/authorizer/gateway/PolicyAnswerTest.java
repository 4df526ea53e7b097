package dev.grantway.authorizer.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PolicyAnswerTest {
  /** GATEWAY rule 12. */
  @Test
  void anAnswerOfNobodyIsNone() {
    assertThatThrownBy(() -> new PolicyAnswer("", "{}", new TreeMap<>()))
        .hasMessageContaining("principalId");
  }
}
