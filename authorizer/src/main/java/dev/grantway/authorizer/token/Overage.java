package dev.grantway.authorizer.token;

import dev.grantway.authorizer.json.Json;
import dev.grantway.authorizer.json.JsonPointer;

/**
 * Entra's way of saying that a claim was too long for the token and stands elsewhere: {@code
 * _claim_names} with that claim's name, or {@code hasgroups}. The address that such a token names
 * is never fetched.
 */
final class Overage {
  private Overage() {}

  /** Whether what should stand there is said to stand elsewhere. */
  static boolean of(JsonPointer place, Json.Obj claims) {
    boolean elsewhere =
        claims
            .get("_claim_names")
            .filter(names -> !(names instanceof Json.Obj it) || it.get(place.top()).isPresent())
            .isPresent();
    return elsewhere || place.top().equals("groups") && claims.get("hasgroups").isPresent();
  }
}
