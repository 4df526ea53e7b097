package dev.grantway.admin;

import com.vaadin.browserless.SpringBrowserlessTest;
import com.vaadin.flow.component.Component;
import com.vaadin.flow.component.UI;
import com.vaadin.flow.component.button.Button;
import com.vaadin.flow.router.QueryParameters;
import dev.grantway.admin.changes.World;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.oauth2.client.authentication.OAuth2AuthenticationToken;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;
import org.springframework.test.context.ActiveProfiles;

/** The app over the sample policy in memory, opened by ana, an editor; one app for all of them. */
@SpringBootTest(properties = "GRANTWAY_OIDC_ISSUER=http://127.0.0.1:1/dev")
@ActiveProfiles("memory")
@Import(MemoryApp.class)
public abstract class ViewTest extends SpringBrowserlessTest {

  @Autowired protected World world;

  @BeforeEach
  void anaIsSignedIn() {
    world.reset();
    signIn("ana", "editor");
  }

  @AfterEach
  void nobodyIsSignedIn() {
    SecurityContextHolder.clearContext();
  }

  protected static void signIn(String name, String right) {
    Instant now = Instant.parse("2026-11-23T10:00:00Z");
    var token =
        new OidcIdToken(
            "token",
            now,
            now.plusSeconds(60),
            Map.of("sub", name, "operator_rights", List.of(right)));
    var rights = Set.of(new SimpleGrantedAuthority("OIDC_USER"));
    SecurityContextHolder.getContext()
        .setAuthentication(
            new OAuth2AuthenticationToken(new DefaultOidcUser(rights, token), rights, "oidc"));
  }

  protected static void open(String path) {
    String[] parts = path.split("\\?");
    UI.getCurrent()
        .navigate(
            parts[0],
            parts.length == 1 ? QueryParameters.empty() : QueryParameters.fromString(parts[1]));
  }

  /** In a view that was not there before, as for somebody who has just signed in. */
  protected static void anew(String path) {
    open("a/orders/prod/roles");
    open(path);
  }

  protected <T extends Component> T part(Class<T> type, String testId) {
    return find(type).withAttribute("data-testid", testId).single();
  }

  protected boolean isThere(String testId) {
    return find(Component.class).withAttribute("data-testid", testId).exists();
  }

  protected void press(String testId) {
    test(part(Button.class, testId)).click();
  }

  protected static String page() {
    return String.join("\n", Texts.shown());
  }

  protected static String path() {
    return UI.getCurrent().getInternals().getActiveViewLocation().getPath();
  }
}
