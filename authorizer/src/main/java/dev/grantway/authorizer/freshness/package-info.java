/**
 * What this instance holds of the policy: head, bundles by touched, revocations, bounded staleness
 * (MODEL section 5, REV-07, REV-08, SEM-12).
 */
@NullMarked
package dev.grantway.authorizer.freshness;

import org.jspecify.annotations.NullMarked;
