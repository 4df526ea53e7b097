package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;
import dev.grantway.authorizer.keys.Algorithm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A trusted issuer and how its tokens are read (TOKENS, issuers).
 *
 * @param alias names it in principals, assignments and logs
 * @param issuer the exact {@code iss}
 * @param algorithms allowed
 * @param types allowed media types of the header's {@code typ}; {@code absent} among them allows
 *     none
 * @param kind which kind of token is wanted
 * @param acceptance for whom tokens must be meant
 * @param maxLifetime largest {@code exp − iat}
 * @param reading where the facts stand in its tokens
 * @param roles how its tokens' roles become ours
 */
public record Issuer(
    String alias,
    String issuer,
    List<Algorithm> algorithms,
    Set<String> types,
    TokenKind kind,
    Acceptance acceptance,
    Duration maxLifetime,
    Reading reading,
    RoleRules roles) {

  /** Stands among the types for a header without {@code typ}. */
  public static final String NO_TYPE = "absent";

  /** A {@code typ} as it is compared: lower case, without {@code application/}. */
  public static String mediaType(String typ) {
    return JoseHeader.mediaType(typ);
  }

  public Issuer {
    algorithms = List.copyOf(algorithms);
    types = Set.copyOf(types);
  }

  /** Whether a header may have this type, or none: saying {@code absent} is not being absent. */
  boolean allows(Optional<String> type) {
    return type.isEmpty()
        ? types.contains(NO_TYPE)
        : !type.get().equals(NO_TYPE) && types.contains(type.get());
  }

  /** Which kind of token is wanted. */
  public enum TokenKind {
    ACCESS,
    ID
  }

  /**
   * For whom a token must be meant; one of audiences and client ids is mandatory, and only a
   * setting whose name states the risk turns that off.
   *
   * @param audiences exact values of {@code aud}
   * @param clientIds clients allowed where a token carries no {@code aud}
   * @param allowMissingAudience accepts tokens that name neither
   * @param require exact values at pointers
   */
  public record Acceptance(
      Set<String> audiences,
      Set<String> clientIds,
      boolean allowMissingAudience,
      Map<JsonPointer, Json> require) {
    public Acceptance {
      audiences = Set.copyOf(audiences);
      clientIds = Set.copyOf(clientIds);
      require = Map.copyOf(require);
    }
  }

  /**
   * Where the facts stand.
   *
   * @param principal the caller's name
   * @param client first that is a string counts
   * @param session first that is a string counts
   * @param groups of all that are there
   * @param scopes where the OAuth scopes stand
   * @param scopeSeparator what separates scopes in one string; empty where only arrays are read
   * @param claims short names for conditions and bound segments
   */
  public record Reading(
      JsonPointer principal,
      List<JsonPointer> client,
      List<JsonPointer> session,
      List<JsonPointer> groups,
      Optional<JsonPointer> scopes,
      String scopeSeparator,
      Map<String, JsonPointer> claims) {
    public Reading {
      client = List.copyOf(client);
      session = List.copyOf(session);
      groups = List.copyOf(groups);
      claims = Map.copyOf(claims);
    }
  }
}
