package dev.grantway.revision;

import java.util.List;

/** How a publish ended; outages are exceptions. */
public sealed interface PublishResult {

  /** It is live, all of it. */
  record Published(Revision revision) implements PublishResult {}

  /**
   * Head is no longer the base; nothing was applied (REV-03).
   *
   * @param head the revision to rebase onto
   * @param disputes the rows that somebody else changed; empty when a rebase goes without questions
   */
  record Conflict(long head, List<Dispute> disputes) implements PublishResult {
    public Conflict {
      disputes = List.copyOf(disputes);
    }
  }

  /** The changes do not fit the policy; nothing was applied. */
  record Refused(List<Refusal> findings) implements PublishResult {
    public Refused {
      findings = List.copyOf(findings);
    }
  }
}
