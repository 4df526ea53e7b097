package dev.grantway.sandbox.issuer;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** The page where operators sign in. */
@RestController
class LoginPage {
  private final String page = read();

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  String login(HttpServletRequest request, CsrfToken csrf) {
    String hint =
        Arrays.stream(SampleOperators.values())
            .map(
                operator ->
                    "<li><code>"
                        + operator.login()
                        + "</code><span>"
                        + operator.operatorRight()
                        + "</span></li>")
            .collect(Collectors.joining());
    boolean failed = request.getParameter("error") != null;
    return page.replace("{{csrf-name}}", csrf.getParameterName())
        .replace("{{csrf}}", csrf.getToken())
        .replace("{{operators}}", hint)
        .replace(
            "{{message}}",
            failed
                ? "<p class=\"error\" role=\"alert\">No sandbox operator has this name and password."
                    + " In the sandbox the password is the name.</p>"
                : "");
  }

  private static String read() {
    try (InputStream in = LoginPage.class.getResourceAsStream("login.html")) {
      if (in == null) {
        throw new IllegalStateException("login.html is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
