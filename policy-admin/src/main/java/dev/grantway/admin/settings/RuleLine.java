package dev.grantway.admin.settings;

import dev.grantway.admin.changes.Staging;
import dev.grantway.revision.RowKey;

/**
 * A rule with what the draft does to it.
 *
 * @param rule as the draft has it; one that the draft deletes, as it was
 */
public record RuleLine<T>(RowKey.OfRule key, T rule, Staging staged) {}
