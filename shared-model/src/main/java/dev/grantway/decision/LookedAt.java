package dev.grantway.decision;

import dev.grantway.policy.Attribute;
import dev.grantway.policy.Condition;
import dev.grantway.policy.Permission;
import dev.grantway.resource.Segment;
import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What some permissions look at, of a caller and a request, beside the path, the time and the
 * address: what else a request holds can be left out of it, and the decision is the same.
 *
 * @param claims names, in conditions and as bound segments
 * @param scopes whether the OAuth scopes
 * @param client whether the client that the token was issued to
 * @param parameters whether some header or part of the query
 */
public record LookedAt(
    SortedSet<String> claims, boolean scopes, boolean client, boolean parameters) {

  public LookedAt {
    claims = Collections.unmodifiableSortedSet(new TreeSet<>(claims));
  }

  /** What at least one of these permissions looks at. */
  public static LookedAt by(Collection<Permission> permissions) {
    var claims = new TreeSet<String>();
    boolean scopes = false;
    boolean client = false;
    boolean parameters = false;
    for (Permission permission : permissions) {
      for (Segment segment : permission.resource().segments()) {
        if (segment instanceof Segment.Claim(var name)) {
          claims.add(name);
        }
      }
      for (Condition.Clause clause : permission.condition().clauses()) {
        switch (clause.attribute()) {
          case Attribute.Claim(var name) -> claims.add(name);
          case Attribute.Scopes _ -> scopes = true;
          case Attribute.Client _ -> client = true;
          case Attribute.Header _, Attribute.Query _ -> parameters = true;
          case Attribute.Now _, Attribute.SourceIp _ -> {}
        }
      }
    }
    return new LookedAt(claims, scopes, client, parameters);
  }
}
