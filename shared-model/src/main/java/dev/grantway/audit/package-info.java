/**
 * What the activity log holds, how its records are chained and checkpoints signed, and how all of
 * it is verified from an export alone.
 */
@NullMarked
package dev.grantway.audit;

import org.jspecify.annotations.NullMarked;
