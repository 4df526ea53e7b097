package dev.grantway.admin.metrics;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.actuate.autoconfigure.web.server.ConditionalOnManagementPort;
import org.springframework.boot.actuate.autoconfigure.web.server.ManagementPortType;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

/** Metrics for Prometheus, where {@code GRANTWAY_MANAGEMENT_PORT} is set and nowhere else. */
@Configuration
class MetricsConfiguration {

  /** Refuses the app's own port: metrics would stand open to everybody who reaches the app. */
  MetricsConfiguration(
      @Value("${server.port}") int app, @Value("${management.server.port}") int management) {
    if (management == app && app != 0) {
      throw new IllegalArgumentException(
          "GRANTWAY_MANAGEMENT_PORT is "
              + management
              + ", the port of the app itself, where everybody could read the metrics: set another"
              + " one, or leave it away for no metrics");
    }
  }

  /** Who reaches that port may read it: it listens where its address says. */
  @Bean
  @Order(0)
  @ConditionalOnManagementPort(ManagementPortType.DIFFERENT)
  SecurityFilterChain management(HttpSecurity http) throws Exception {
    return http.securityMatcher(EndpointRequest.toAnyEndpoint())
        .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
        .build();
  }
}
