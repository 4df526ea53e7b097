package dev.grantway.admin.changes;

import dev.grantway.policy.ApiId;
import dev.grantway.policy.Permission;
import dev.grantway.policy.RoleName;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a draft does to who may call what, on the revision that it stands on.
 *
 * @param grants of roles, gained, lost and changed
 * @param holders of roles, by assignment
 * @param risks what of it deserves a second look, the worst first
 * @param concerned the roles that have other permissions than before, by API, with those that they
 *     have on one side alone; with none where the routes or stages are others
 * @param hash SHA-256 over all of it and what the permissions behind it mean: two effects are the
 *     same iff their hashes are
 */
public record Effect(
    List<GrantChange> grants,
    List<HolderChange> holders,
    List<Risk> risks,
    Map<ApiId, Map<RoleName, Set<Permission>>> concerned,
    String hash) {
  static final Effect NOTHING = new Effect(List.of(), List.of(), List.of(), Map.of(), "");

  public Effect {
    grants = List.copyOf(grants);
    holders = List.copyOf(holders);
    risks = List.copyOf(risks);
    concerned = Collections.unmodifiableMap(new TreeMap<>(concerned));
  }

  long count(GrantChange.Kind kind) {
    return grants.stream().filter(grant -> grant.kind() == kind).count();
  }

  /** The names of the APIs where something is gained or lost. */
  Set<String> apis() {
    var apis = new TreeSet<String>();
    grants.forEach(grant -> apis.add(grant.api()));
    holders.forEach(holder -> apis.addAll(holder.apis()));
    return apis;
  }
}
