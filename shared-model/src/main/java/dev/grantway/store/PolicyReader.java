package dev.grantway.store;

import dev.grantway.policy.Api;
import dev.grantway.policy.ApiId;
import dev.grantway.policy.RoleName;
import java.util.List;

/**
 * What an authorizer reads (MODEL section 5). Every read is strongly consistent and costs the same
 * whatever the history (REV-07, REV-08). Safe for use by many threads at once, so that the reads of
 * a miss go out in one round. Every method throws {@link StoreException.Unavailable}, and the
 * bundle reads {@link StoreException.Torn} for the bundle at fault alone (SEM-12).
 *
 * <p>Bundles may be read at a head that is no longer the latest: what {@link Head#stillHolds} at a
 * later head is right there too.
 */
public interface PolicyReader {

  /** What is live now: one read of at most 4 KB. */
  Head head();

  /**
   * The slice of a role for an API. None: the role itself gives nothing there and nor does any it
   * inherits.
   */
  Bundle<Slice> slice(RoleName role, ApiId api, Head at);

  /** An API with its route table, by the id that ARNs carry. */
  Bundle<Api> api(ApiId id, Head at);

  /** The assignments of the shard that a subject falls into; keep it under its key. */
  Bundle<Assignments> subjects(String issuer, String subject, Head at);

  /** All assignments to clients of an issuer. */
  Bundle<Assignments> clients(String issuer, Head at);

  /** All assignments to groups of an issuer. */
  Bundle<Assignments> groups(String issuer, Head at);

  /** The revocations after that epoch, oldest first; all of them after 0. */
  List<Revocation> revocations(long since);
}
