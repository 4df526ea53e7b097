package dev.grantway.sandbox.issuer;

import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import java.util.Arrays;
import java.util.List;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.authentication.LoginUrlAuthenticationEntryPoint;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;

/** Spring Authorization Server with one client, the admin app, and the sample operators. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({LoginPage.class, TokenMint.class})
class IssuerApplication {

  @Bean
  SigningKeys signingKeys(IssuerSettings settings) {
    return new SigningKeys(SigningKey.loadOrCreate(settings.keyFile()), SigningKey::make);
  }

  @Bean
  JWKSource<SecurityContext> keys(SigningKeys signingKeys) {
    return (selector, context) -> selector.select(signingKeys.asked());
  }

  /** Left alone, it refuses to sign where several keys are published. */
  @Bean
  JwtEncoder encoder(JWKSource<SecurityContext> keys, SigningKeys signingKeys) {
    var encoder = new NimbusJwtEncoder(keys);
    encoder.setJwkSelector(fitting -> signingKeys.current());
    return encoder;
  }

  @Bean
  AuthorizationServerSettings serverSettings(IssuerSettings settings) {
    return AuthorizationServerSettings.builder().issuer(settings.issuer()).build();
  }

  @Bean
  RegisteredClientRepository clients(IssuerSettings settings) {
    return new InMemoryRegisteredClientRepository(
        RegisteredClient.withId(IssuerSettings.ADMIN_CLIENT)
            .clientId(IssuerSettings.ADMIN_CLIENT)
            .clientSecret("{noop}" + settings.adminSecret())
            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
            .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
            .redirectUri(settings.adminUrl() + "/login/oauth2/code/oidc")
            .postLogoutRedirectUri(settings.adminUrl() + "/")
            .postLogoutRedirectUri(settings.adminUrl())
            .scope(OidcScopes.OPENID)
            .scope(OidcScopes.PROFILE)
            .clientSettings(
                ClientSettings.builder()
                    .requireAuthorizationConsent(false)
                    .requireProofKey(false)
                    .build())
            .build());
  }

  @Bean
  UserDetailsService operators() {
    return new InMemoryUserDetailsManager(
        Arrays.stream(SampleOperators.values())
            .map(
                operator ->
                    User.withUsername(operator.login())
                        .password("{noop}" + operator.login())
                        .roles("OPERATOR")
                        .build())
            .toList());
  }

  @Bean
  OAuth2TokenCustomizer<JwtEncodingContext> operatorRights() {
    return context -> {
      if (context.getTokenType().getValue().equals("id_token")) {
        Authentication who = context.getPrincipal();
        SampleOperators.byLogin(who == null ? "" : who.getName())
            .ifPresent(
                operator ->
                    context
                        .getClaims()
                        .claim("preferred_username", operator.login())
                        .claim("name", operator.fullName())
                        .claim("operator_rights", List.of(operator.operatorRight())));
      }
    };
  }

  @Bean
  SecurityFilterChain security(HttpSecurity http) throws Exception {
    return http.oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults()))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/login", TokenMint.PATH)
                    .permitAll()
                    .anyRequest()
                    .authenticated())
        .csrf(csrf -> csrf.ignoringRequestMatchers(TokenMint.PATH))
        .formLogin(form -> form.loginPage("/login"))
        // Also for clients that do not say they want a page, such as curl.
        .exceptionHandling(
            refusals ->
                refusals.defaultAuthenticationEntryPointFor(
                    new LoginUrlAuthenticationEntryPoint("/login"),
                    PathPatternRequestMatcher.withDefaults().matcher("/oauth2/authorize")))
        .headers(
            headers ->
                headers.contentSecurityPolicy(
                    csp ->
                        csp.policyDirectives(
                            "default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
                                + " base-uri 'none'; frame-ancestors 'none'")))
        .build();
  }
}
