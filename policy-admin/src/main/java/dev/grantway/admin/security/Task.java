package dev.grantway.admin.security;

/** What services and views ask an operator's rights for: the rows of CONTRACT's table. */
public enum Task {
  /** See policy, grants and history. */
  SEE,
  /** Draft, review, simulate. */
  DRAFT,
  /** Publish where the rule asks for no approvals. */
  PUBLISH,
  /** Approve or reject others' drafts, and publish approved ones. */
  PUBLISH_APPROVED,
  /** Refuse a token, subject or client now. */
  REVOKE,
  /** Approval rules, operator limits, waivers, retention; roll back. */
  CHANGE_RULES,
  /** Activity log, exports, evidence. */
  EVIDENCE
}
