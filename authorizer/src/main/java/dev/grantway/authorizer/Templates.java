package dev.grantway.authorizer;

import dev.grantway.resource.Route;
import dev.grantway.resource.Template;
import java.util.Optional;
import java.util.Set;

/** GATEWAY rule 8: the template that the event carries must be the one our table chooses. */
final class Templates {
  private Templates() {}

  /** The one template of the event; empty where it carries none, or one that is no template. */
  static Optional<Template> carried(Set<String> written) {
    try {
      return written.stream().findFirst().map(Template::parse);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Whether all templates written are that route's; names of variables are labels. */
  static boolean agree(Set<String> written, Route route) {
    var ours = shape(route.template().toString());
    return written.stream().allMatch(text -> shape(text).equals(ours));
  }

  private static String shape(String template) {
    return template.replaceAll("\\{[^{}/]*\\+}", "{+}").replaceAll("\\{[^{}/+]+}", "{}");
  }
}
