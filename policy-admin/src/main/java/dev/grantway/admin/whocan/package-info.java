/** Reverse questions: who may call a route, and what a role or somebody may call. */
@NullMarked
package dev.grantway.admin.whocan;

import org.jspecify.annotations.NullMarked;
