package dev.grantway.revision;

/** The kinds of rules that govern changes; each is one bundle in the table. */
public enum RuleKind {
  INVARIANT,
  TEST,
  APPROVAL,
  WAIVER,
  OPERATOR,
  RETENTION
}
