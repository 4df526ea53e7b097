package dev.grantway.authorizer.token;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How names in a token become roles.
 *
 * @param sources where names stand
 * @param map the issuer's name to ours; empty where none was written, and then every name passes
 * @param passUnmapped keeps names that the map lacks
 * @param gives the roles this issuer may bring, a trailing {@code *} standing for any rest; empty
 *     means all of them
 */
public record RoleRules(
    List<RoleSource> sources,
    Optional<Map<String, String>> map,
    boolean passUnmapped,
    Optional<List<String>> gives) {

  public RoleRules {
    sources = List.copyOf(sources);
    map = map.map(Map::copyOf);
    gives = gives.map(List::copyOf);
  }

  /** Our role for that name; empty where it is unmapped or not this issuer's to give. */
  Optional<String> role(String name) {
    return mapped(name).filter(this::mayGive);
  }

  private Optional<String> mapped(String name) {
    var ours = map.flatMap(names -> Optional.ofNullable(names.get(name)));
    return map.isEmpty() || passUnmapped ? ours.or(() -> Optional.of(name)) : ours;
  }

  private boolean mayGive(String role) {
    return gives.map(list -> list.stream().anyMatch(given -> covers(given, role))).orElse(true);
  }

  private static boolean covers(String given, String role) {
    return given.endsWith("*")
        ? role.startsWith(given.substring(0, given.length() - 1))
        : given.equals(role);
  }
}
