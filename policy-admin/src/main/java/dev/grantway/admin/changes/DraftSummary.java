package dev.grantway.admin.changes;

/**
 * How much a draft holds and what it comes to, without what only a review has to know.
 *
 * @param gained how many grants of roles it gains
 * @param lost how many it loses
 */
public record DraftSummary(DraftState draft, long gained, long lost) {}
