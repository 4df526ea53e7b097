/**
 * The use of grants: calls as logs tell of them, by day, route and the roles of callers; what was
 * never called; and what a draft would have refused.
 */
@NullMarked
package dev.grantway.usage;

import org.jspecify.annotations.NullMarked;
