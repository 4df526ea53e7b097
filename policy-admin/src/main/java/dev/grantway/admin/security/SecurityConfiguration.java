package dev.grantway.admin.security;

import static com.vaadin.flow.spring.security.VaadinSecurityConfigurer.vaadin;

import com.vaadin.flow.spring.security.VaadinDefaultRequestCache;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;

/** Sign-in at the issuer, and the headers of every answer. */
@Configuration
@EnableWebSecurity
class SecurityConfiguration {
  static final String SIGN_IN = "/oauth2/authorization/oidc";

  /** Flow's client builds functions from text and styles elements inline; see the decision. */
  private static final String CONTENT =
      "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval';"
          + " style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:;"
          + " object-src 'none'; base-uri 'self'; frame-ancestors 'none'";

  private static final String NOTHING = "default-src 'none'; frame-ancestors 'none'";

  /** Where an operator wanted to go before signing in; without a marker in the URL afterwards. */
  @Autowired
  @SuppressWarnings("NullAway") // null is how Spring is told to want no parameter
  void remembersRequests(VaadinDefaultRequestCache cache) {
    var plain = new HttpSessionRequestCache();
    plain.setMatchingRequestParameterName(null);
    cache.setDelegateRequestCache(plain);
  }

  /**
   * The REST API knows its callers by bearer tokens alone: no session, and so no forged request.
   */
  @Bean
  @Order(1)
  SecurityFilterChain api(
      HttpSecurity http,
      @Value("${spring.security.oauth2.client.provider.oidc.issuer-uri}") String issuer,
      @Value("${grantway.api-audience}") String audience,
      ApiIssuers others,
      AuthenticationEntryPoint unauthorized)
      throws Exception {
    return http.securityMatcher("/api/**")
        .authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
        .sessionManagement(
            session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(csrf -> csrf.disable())
        .oauth2ResourceServer(
            server ->
                server
                    .authenticationEntryPoint(unauthorized)
                    .jwt(jwt -> jwt.decoder(ApiTokens.decoder(issuer, others.urls(), audience))))
        .exceptionHandling(failed -> failed.authenticationEntryPoint(unauthorized))
        .headers(headers -> headers.contentSecurityPolicy(it -> it.policyDirectives(NOTHING)))
        .build();
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http, SignInEvents signIns, Clock clock)
      throws Exception {
    return http.addFilterBefore(new LongestSession(clock), SecurityContextHolderFilter.class)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(
                        "/health",
                        "/health/live",
                        "/health/ready",
                        "/session-ended",
                        "/failed",
                        "/error",
                        "/grantway/**")
                    .permitAll())
        .with(
            vaadin(),
            vaadin ->
                vaadin.oauth2LoginPage(SIGN_IN, "{baseUrl}").anyRequest(url -> url.authenticated()))
        .oauth2Login(login -> login.failureHandler(signIns))
        .headers(
            headers ->
                headers
                    .contentSecurityPolicy(policy -> policy.policyDirectives(CONTENT))
                    .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN))
                    .permissionsPolicyHeader(
                        policy -> policy.policy("camera=(), geolocation=(), microphone=()")))
        .build();
  }
}
