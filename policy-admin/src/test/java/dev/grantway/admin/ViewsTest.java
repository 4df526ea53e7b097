package dev.grantway.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.browserless.ViewPackages;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.component.combobox.ComboBox;
import com.vaadin.flow.component.textfield.TextArea;
import com.vaadin.flow.router.QueryParameters;
import dev.grantway.admin.changes.World;
import dev.grantway.admin.common.Messages;
import dev.grantway.policy.PermissionId;
import dev.grantway.store.PolicyRepository;
import dev.grantway.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistrationRepository;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.test.context.ActiveProfiles;

/** The views over the services and the sample policy in memory. */
@SpringBootTest(properties = "GRANTWAY_OIDC_ISSUER=http://127.0.0.1:1/dev")
@ActiveProfiles("memory")
@ViewPackages(packages = "dev.grantway.admin")
@Import(ViewsTest.InMemory.class)
class ViewsTest extends SpringBrowserlessTest {

  /** The app's surroundings, in memory. */
  @TestConfiguration
  static class InMemory {
    @Bean
    World world() {
      return new World();
    }

    @Bean
    PolicyRepository policy(World world) {
      return world.repository;
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

  @Autowired World world;

  @BeforeEach
  void anaIsSignedIn() {
    world.reset();
    signIn("ana", "editor");
  }

  @AfterEach
  void nobodyIsSignedIn() {
    SecurityContextHolder.clearContext();
  }

  private static void signIn(String name, String right) {
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    var token =
        new OidcIdToken(
            "token",
            now,
            now.plusSeconds(60),
            Map.of("sub", name, "preferred_username", name, "operator_rights", List.of(right)));
    var rights = Set.of(new SimpleGrantedAuthority("OIDC_USER"));
    SecurityContextHolder.getContext()
        .setAuthentication(
            new OAuth2AuthenticationToken(new DefaultOidcUser(rights, token), rights, "oidc"));
  }

  private static void open(String path) {
    String[] parts = path.split("\\?");
    UI.getCurrent()
        .navigate(
            parts[0],
            parts.length == 1 ? QueryParameters.empty() : QueryParameters.fromString(parts[1]));
  }

  private <T extends Component> T part(Class<T> type, String testId) {
    return find(type).withAttribute("data-testid", testId).single();
  }

  private boolean isThere(String testId) {
    return find(Component.class).withAttribute("data-testid", testId).exists();
  }

  private void press(String testId) {
    test(part(Button.class, testId)).click();
  }

  private static String page() {
    return String.join("\n", Texts.shown());
  }

  @Test
  void theStartLeadsToTheRolesOfTheFirstApi() {
    open("");
    assertThat(UI.getCurrent().getInternals().getActiveViewLocation().getPath())
        .isEqualTo("a/orders/prod/roles");
    assertThat(isThere("role support")).isTrue();
  }

  @Test
  void aRouteIsAllowedReviewedAndPublishedByClicks() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    assertThat(part(Component.class, "staged-count").getElement().getText())
        .isEqualTo("1 staged change");
    assertThat(world.repository.head().revision()).isEqualTo(1);
    press("review");
    assertThat(isThere("effect support POST /orders/{id}/refunds")).isTrue();
    press("publish");
    assertThat(part(TextArea.class, "publish-reason").isInvalid()).isTrue();
    assertThat(world.repository.head().revision()).isEqualTo(1);
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    press("publish");
    assertThat(isThere("published")).isTrue();
    assertThat(world.repository.head().revision()).isEqualTo(2);
    assertThat(
            world.repository.live().permission(new PermissionId("support-post-orders-id-refunds")))
        .isPresent();
    open("a/orders/prod/audit?revision=2");
    assertThat(isThere("change permission support-post-orders-id-refunds")).isTrue();
  }

  @Test
  void aBadPatternIsRefusedWhereItIsTyped() {
    open("a/orders/prod/roles/support");
    press("add-permission");
    @SuppressWarnings("unchecked")
    ComboBox<String> resource = part(ComboBox.class, "permission-resource");
    resource.setValue("/orders/*");
    press("save-permission");
    assertThat(resource.isInvalid()).isTrue();
    assertThat(resource.getErrorMessage()).contains("`*`");
    assertThat(world.repository.head().revision()).isEqualTo(1);
  }

  @Test
  void aChosenRouteSetsTheMethodsToo() {
    open("a/orders/prod/roles/support");
    press("add-permission");
    @SuppressWarnings("unchecked")
    ComboBox<String> resource = part(ComboBox.class, "permission-resource");
    resource.setValue("POST /orders/{id}/refunds");
    assertThat(resource.getValue()).isEqualTo("/orders/{id}/refunds");
    press("save-permission");
    assertThat(isThere("permission-row support-post-orders-id-refunds")).isTrue();
  }

  @Test
  void whoOnlySeesIsOfferedNoEdit() {
    signIn("vic", "viewer");
    open("a/orders/prod/roles/support?tab=routes");
    assertThat(isThere("tab-routes")).isTrue();
    assertThat(isThere("add-permission")).isFalse();
    assertThat(isThere("allow POST /orders/{id}/refunds")).isFalse();
  }

  @Test
  void whoHasNoRightSeesNothingButThePageThatSaysSo() {
    signIn("eve", "nothing");
    open("a/orders/prod/roles");
    assertThat(isThere("error-forbidden")).isTrue();
    assertThat(page()).doesNotContain("support");
  }

  @Test
  void whatIsNotThereHasItsOwnPage() {
    for (String path :
        List.of("a/orders/prod/roles/nobody", "a/orders/nostage/roles", "a/none/prod/roles", "x")) {
      open(path);
      assertThat(isThere("error-missing")).as(path).isTrue();
    }
  }

  @Test
  void aTableThatIsDownHasItsOwnPageThatSaysWhatIsInForce() {
    open("a/orders/prod/roles");
    world.tableFails(new StoreException.Unavailable("secret words of an exception", null));
    open("a/orders/prod/audit");
    assertThat(isThere("error-table")).isTrue();
    assertThat(page()).contains("nothing was applied", "Revision 1 of");
    assertThat(page()).doesNotContain("secret words");
  }

  @Test
  void aPublishIntoATableThatIsDownSaysSoOnThePage() {
    open("a/orders/prod/roles/support?tab=routes");
    press("allow POST /orders/{id}/refunds");
    press("review");
    test(part(TextArea.class, "publish-reason")).setValue("OPS-42");
    world.tableFails(new StoreException.Unavailable("down", null));
    press("publish");
    assertThat(part(Component.class, "not-applied").getElement().getTextRecursively())
        .contains("nothing was applied", "Revision 1 of");
  }

  @Test
  void noTextIsHardCoded() {
    UI.getCurrent().setLocale(Messages.PSEUDO);
    for (String path :
        List.of("a/orders/prod/roles", "a/orders/prod/changes", "a/orders/prod/audit", "x")) {
      open(path);
      List<String> texts = Texts.shown();
      assertThat(texts).as("texts on %s", path).hasSizeGreaterThan(10);
      for (String text : texts) {
        assertThat(text)
            .as("text on %s", path)
            .matches(it -> it.startsWith("[") || DATA.matcher(it).matches());
      }
    }
  }

  /** Names, ids, times and what the sample policy says. */
  private static final Pattern DATA =
      Pattern.compile(
          "[a-z-]+|[\\dTZ: .#-]+|orders · prod|·|takes and.*|sees their.*|a clerk for.*|refunds, .*"
              + "|runs the.*|helps out.*|answers .*|looks at.*|read from a file|a1b2c3d4e5| ");
}
