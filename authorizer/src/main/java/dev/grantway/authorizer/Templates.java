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
    return written.stream().findFirst().flatMap(Templates::parsed);
  }

  /** Whether all templates written are that route's; names of variables are labels. */
  static boolean agree(Set<String> written, Route route) {
    return written.stream()
        .allMatch(text -> parsed(text).filter(route.template()::sameShape).isPresent());
  }

  private static Optional<Template> parsed(String text) {
    try {
      return Optional.of(Template.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
