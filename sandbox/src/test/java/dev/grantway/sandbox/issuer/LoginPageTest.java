package dev.grantway.sandbox.issuer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class LoginPageTest {
  private final LoginPage page = new LoginPage();

  private String html(boolean failed) {
    return page.html(failed, "_csrf", "a\"b");
  }

  @Test
  void noTextStandsInTheTemplate() throws Exception {
    try (InputStream in = LoginPage.class.getResourceAsStream("login.html")) {
      String template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      String said =
          template
              .replaceAll("(?s)<style>.*?</style>", "")
              .replaceAll("<[^>]*>", "")
              .replaceAll("\\{\\{[a-z.-]+}}", "");
      assertThat(said).isBlank();
      assertThat(template).doesNotContainPattern("(aria-label|title|placeholder)=\"[^{]");
    }
  }

  @Test
  void everyPlaceIsFilledAndEscaped() {
    assertThat(html(false)).doesNotContain("{{").contains("value=\"a&quot;b\"", "Sign in", "ana");
    assertThat(html(false)).doesNotContain("role=\"alert\"");
  }

  @Test
  void aFailedSignInSaysWhyAndWhatToDo() {
    assertThat(html(true))
        .contains(
            "role=\"alert\"", "No sandbox operator has this name", "the password is the name");
  }
}
