/**
 * Policy data as records that check themselves: roles, permissions, conditions, validity,
 * assignments (MODEL section 1).
 */
@NullMarked
package dev.grantway.policy;

import org.jspecify.annotations.NullMarked;
