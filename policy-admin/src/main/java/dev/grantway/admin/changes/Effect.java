package dev.grantway.admin.changes;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a draft does to who may call what, on the revision that it stands on.
 *
 * @param grants of roles, gained, lost and changed
 * @param holders of roles, by assignment
 * @param risks what of it deserves a second look, the worst first
 * @param hash SHA-256 over all of it and what the permissions behind it mean: two effects are the
 *     same iff their hashes are
 */
public record Effect(
    List<GrantChange> grants, List<HolderChange> holders, List<Risk> risks, String hash) {
  static final Effect NOTHING = new Effect(List.of(), List.of(), List.of(), "");

  public Effect {
    grants = List.copyOf(grants);
    holders = List.copyOf(holders);
    risks = List.copyOf(risks);
  }

  /** The names of the APIs where something is gained or lost. */
  Set<String> apis() {
    var apis = new TreeSet<String>();
    grants.forEach(grant -> apis.add(grant.api()));
    holders.forEach(holder -> apis.addAll(holder.apis()));
    return apis;
  }
}
