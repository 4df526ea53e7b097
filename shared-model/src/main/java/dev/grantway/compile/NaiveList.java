package dev.grantway.compile;

import dev.grantway.resource.RequestPath;
import dev.grantway.resource.Template;
import java.util.List;

/**
 * The list of ARNs that is written by hand where nothing is compiled: a granted route with {@code
 * *} for each variable. IAM's {@code *} takes slashes too, so that it matches other routes' paths.
 */
public final class NaiveList {
  private NaiveList() {}

  /**
   * Paths of another template that such a list matches for a granted one: for each way in which
   * they meet, one whose variables have values that no template names.
   */
  public static List<RequestPath> opens(Template granted, Template other) {
    return TokenLists.of(granted).stream()
        .map(TokenList::glob)
        .flatMap(glob -> TokenLists.of(other).stream().flatMap(list -> glob.meet(list).stream()))
        .map(met -> RequestPath.of(met.fresh()))
        .toList();
  }
}
