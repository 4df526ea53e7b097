package dev.grantway.admin;

import dev.grantway.admin.activity.Checkpoints;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.wiring.FakeWiring;
import dev.grantway.audit.AuditSource;
import dev.grantway.store.ActivityLog;
import dev.grantway.store.InMemoryAudit;
import dev.grantway.store.PolicyRepository;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;

/** The app's surroundings, in memory. */
@TestConfiguration
public class MemoryApp {
  @Bean
  World world() {
    return new World();
  }

  @Bean
  PolicyRepository policy(World world) {
    return world.repository;
  }

  @Bean
  ActivityLog activityLog(World world) {
    return world.activityLog;
  }

  @Bean
  AuditSource auditSource(World world) {
    var audit = new InMemoryAudit(world.repository, world.log, world.clock);
    return visit ->
        audit.each(
            line -> {
              visit.accept(line);
              world.told();
            });
  }

  @Bean
  Checkpoints checkpoints(World world) {
    return world.checkpoints;
  }

  @Bean
  @Primary
  FakeWiring deployedWiring() {
    return new FakeWiring();
  }

  @Bean
  ClientRegistrationRepository issuer() {
    return new InMemoryClientRegistrationRepository(
        ClientRegistration.withRegistrationId("oidc")
            .clientId("admin")
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri("{baseUrl}/login/oauth2/code/oidc")
            .authorizationUri("http://127.0.0.1:1/authorize")
            .tokenUri("http://127.0.0.1:1/token")
            .build());
  }
}
