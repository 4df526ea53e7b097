package dev.grantway.sandbox.issuer;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.ResourceBundle;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.springframework.http.MediaType;
import org.springframework.security.web.csrf.CsrfToken;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.util.HtmlUtils;

/** The page where operators sign in: its template, filled with the texts of its bundle. */
@RestController
class LoginPage {
  private static final Pattern PLACE = Pattern.compile("\\{\\{([a-z.-]+)}}");

  private final String template = read();
  private final ResourceBundle texts =
      ResourceBundle.getBundle("dev.grantway.sandbox.issuer.login", Locale.ROOT);

  @GetMapping(path = "/login", produces = MediaType.TEXT_HTML_VALUE)
  String login(HttpServletRequest request, CsrfToken csrf) {
    return html(request.getParameter("error") != null, csrf.getParameterName(), csrf.getToken());
  }

  String html(boolean failed, String csrfName, String csrf) {
    Map<String, String> parts =
        Map.of(
            "csrf-name", HtmlUtils.htmlEscape(csrfName),
            "csrf", HtmlUtils.htmlEscape(csrf),
            "operators", operators(),
            "message", failed ? failure() : "");
    return PLACE
        .matcher(template)
        .replaceAll(
            place -> {
              String part = parts.get(place.group(1));
              return Matcher.quoteReplacement(part == null ? text(place.group(1)) : part);
            });
  }

  private String failure() {
    return "<p class=\"error\" role=\"alert\">" + text("login.failed") + "</p>";
  }

  private static String operators() {
    return Arrays.stream(SampleOperators.values())
        .map(
            operator ->
                "<li><code>"
                    + operator.login()
                    + "</code><span>"
                    + operator.operatorRight()
                    + "</span></li>")
        .collect(Collectors.joining());
  }

  private String text(String key) {
    return HtmlUtils.htmlEscape(texts.getString(key), "UTF-8");
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
