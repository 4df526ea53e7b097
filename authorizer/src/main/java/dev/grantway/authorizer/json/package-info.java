/** Strict JSON as a small tree: what was written, nothing coerced. */
@NullMarked
package dev.grantway.authorizer.json;

import org.jspecify.annotations.NullMarked;
