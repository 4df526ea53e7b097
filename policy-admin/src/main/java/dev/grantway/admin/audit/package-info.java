/** Revisions: who, when, why, what. */
@NullMarked
package dev.grantway.admin.audit;

import org.jspecify.annotations.NullMarked;
