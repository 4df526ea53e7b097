package dev.grantway.admin.security;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * Issuers whose access tokens the REST API takes beside those of the issuer that operators sign in
 * at, such as a pipeline's own. Their operators are known by the issuer's alias, {@code |} and the
 * claim, so that nobody of one issuer is taken for somebody of another.
 */
@Component
class ApiIssuers {
  private static final String ISSUERS = "GRANTWAY_API_ISSUERS";
  private static final String RIGHTS = "GRANTWAY_API_RIGHTS";
  private static final String BETWEEN = "|";

  private final Map<String, String> aliases = new LinkedHashMap<>();
  private final Map<String, OperatorRight> rights = new LinkedHashMap<>();

  /**
   * Reads the settings; what cannot be read is an {@link IllegalArgumentException} that says what
   * to do.
   *
   * @param own the issuer that operators sign in at
   * @param issuers {@code ALIAS=URL} with white space between: an alias has 1 to 32 lower-case
   *     letters, digits and hyphens, a URL is the issuer as tokens name it
   * @param given {@code ALIAS|NAME=RIGHT} with white space between, for issuers that cannot be told
   *     to write {@code operator_rights}
   */
  ApiIssuers(
      @Value("${spring.security.oauth2.client.provider.oidc.issuer-uri}") String own,
      @Value("${grantway.api-issuers}") String issuers,
      @Value("${grantway.api-rights}") String given) {
    for (String entry : entries(issuers)) {
      int end = entry.indexOf('=');
      String alias = entry.substring(0, Math.max(0, end));
      String url = entry.substring(end + 1);
      if (!alias.matches("[a-z0-9-]{1,32}") || !isIssuer(url)) {
        throw new IllegalArgumentException(
            ISSUERS
                + " has `"
                + entry
                + "`: write ALIAS=URL, the URL with https (http on this machine alone)");
      }
      if (url.equals(own) || aliases.containsValue(alias) || aliases.put(url, alias) != null) {
        throw new IllegalArgumentException(
            ISSUERS + " names `" + entry + "` twice, or the operators' own issuer: leave it out");
      }
    }
    for (String entry : entries(given)) {
      int end = entry.lastIndexOf('=');
      String name = entry.substring(0, Math.max(0, end));
      Optional<OperatorRight> right = OperatorRight.named(entry.substring(end + 1));
      if (right.isEmpty() || !isForeign(name) || rights.put(name, right.get()) != null) {
        throw new IllegalArgumentException(
            RIGHTS
                + " has `"
                + entry
                + "`: write ALIAS|NAME=RIGHT once for a name, with an alias of "
                + ISSUERS
                + " and one of viewer, editor, approver, owner, auditor");
      }
    }
  }

  private static List<String> entries(String setting) {
    return Stream.of(setting.split("\\s+")).filter(it -> !it.isEmpty()).toList();
  }

  private static boolean isIssuer(String url) {
    try {
      URI uri = new URI(url);
      boolean isHere =
          List.of("127.0.0.1", "localhost", "[::1]").contains(String.valueOf(uri.getHost()));
      return uri.getHost() != null
          && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()) && isHere);
    } catch (java.net.URISyntaxException none) {
      return false;
    }
  }

  /** The issuers, as tokens name them. */
  List<String> urls() {
    return List.copyOf(aliases.keySet());
  }

  /** The operator of one of these issuers' tokens; none where another issued it. */
  Optional<String> name(String issuer, String claimed) {
    return Optional.ofNullable(aliases.get(issuer)).map(alias -> alias + BETWEEN + claimed);
  }

  /** Whether a name is one that only a token of one of these issuers gives. */
  boolean isForeign(String name) {
    return aliases.values().stream().anyMatch(alias -> name.startsWith(alias + BETWEEN));
  }

  /** The right that the settings give to a name. */
  Optional<OperatorRight> right(String name) {
    return Optional.ofNullable(rights.get(name));
  }
}
