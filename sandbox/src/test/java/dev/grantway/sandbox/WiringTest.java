package dev.grantway.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.grantway.sandbox.issuer.IssuerSettings;
import dev.grantway.sandbox.issuer.SampleOperators;
import dev.grantway.sandbox.twin.GatewayAnswers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WiringTest {
  private final Wiring wiring =
      new Wiring(
          new Ports(8080),
          new IssuerSettings(8082, "http://127.0.0.1:8080", "secret", Path.of("key.json")),
          new SystemSettings(
              new Ports(8080),
              Path.of("data"),
              false,
              new Seed("orders"),
              false,
              GatewayAnswers.ASSUMED));

  @Test
  void theAdminAppWaitsAsLongAsTheTwinAndItsAuthorizersTake() {
    Map<String, String> admin = wiring.adminEnvironment();
    assertThat(admin)
        .containsEntry("GRANTWAY_AUTHORIZER_TIMEOUT", TwinWiring.TIMEOUT.toSeconds() + "s")
        .containsEntry("GRANTWAY_CACHE_TTL", TwinWiring.TTL.toSeconds() + "s")
        .containsEntry(
            "GRANTWAY_POLICY_MAX_AGE",
            wiring.authorizerEnvironment().get("GRANTWAY_POLICY_MAX_AGE"));
  }

  @Test
  void theAdminAppReadsAccessLogsAlone() {
    assertThat(wiring.adminEnvironment())
        .containsEntry("GRANTWAY_LOG_FOLDER", DataFolder.accessLogs(Path.of("data")).toString());
  }

  @Test
  void theFirstOwnerIsNamedByTheSubjectThatTheIssuerGives() {
    assertThat(wiring.adminEnvironment())
        .containsEntry("GRANTWAY_FIRST_OWNER", SampleOperators.OLGA.login())
        .doesNotContainKey("GRANTWAY_OPERATOR_CLAIM");
  }
}
